import { isolateHistory, redo, undo } from '@codemirror/commands'
import { openSearchPanel } from '@codemirror/search'
import { Annotation, type EditorState, Transaction } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { changedParts } from '../text/changed-parts.ts'
import { type Part, paragraphAt, type Selection, type TextEditor } from '../text/text-editor.ts'

/** Marks a change that comes from the article, not from the person in this field. */
export const fromArticle = Annotation.define<boolean>()

export const selectionOf = (state: EditorState): Selection => ({
  text: state.doc.toString(),
  start: state.selection.main.from,
  end: state.selection.main.to,
})

/** CodeMirror as one of the fields that can show the text. */
export function richEditor(view: EditorView): TextEditor {
  return {
    text: () => view.state.doc.toString(),
    selection: () => selectionOf(view.state),
    hasFocus: () => view.hasFocus,
    paragraph: () => paragraphAt(view.state.doc.toString(), view.state.selection.main.head),
    apply(edit) {
      const selection = selectionOf(view.state)
      const change = edit(selection)
      if (change) {
        const parts = [shortened(selection.text, change), ...(change.more ?? [])]
        view.dispatch({
          changes: parts.filter(changesSomething).map(toChange),
          selection: { anchor: change.selectStart, head: change.selectEnd },
          scrollIntoView: true,
          userEvent: 'input.tool',
          annotations: isolateHistory.of('full'),
        })
      }
      view.focus()
    },
    replace: (part) =>
      view.dispatch({ changes: toChange(part), annotations: isolateHistory.of('full') }),
    setText(text) {
      const before = view.state.doc.toString()
      if (text === before) return
      const parts = changedParts(before, text.replaceAll(/\r\n?/g, '\n'))
      if (parts.length === 0) return
      view.dispatch({
        changes: parts.map(toChange),
        annotations: [Transaction.addToHistory.of(false), fromArticle.of(true)],
      })
    },
    select(start, end) {
      view.dispatch({
        selection: { anchor: start, head: end },
        effects: EditorView.scrollIntoView(start, { y: 'center' }),
      })
      view.focus()
    },
    undo: () => {
      undo(view)
      view.focus()
    },
    redo: () => {
      redo(view)
      view.focus()
    },
    find: () => openSearchPanel(view),
  }
}

const toChange = ({ start, end, insert }: Part) => ({ from: start, to: end, insert })

const changesSomething = ({ start, end, insert }: Part) => start < end || insert !== ''

/** Only what differs, so that undo marks no more than that. */
function shortened(text: string, { start, end, insert }: Part): Part {
  const [part, ...others] = changedParts(text.slice(start, end), insert)
  if (!part) return { start, end: start, insert: '' }
  if (others.length > 0) return { start, end, insert }
  return { start: start + part.start, end: start + part.end, insert: part.insert }
}

import { standardKeymap, historyKeymap, moveLineDown, moveLineUp } from '@codemirror/commands'
import { deleteMarkupBackward, insertNewlineContinueMarkupCommand } from '@codemirror/lang-markdown'
import { closeSearchPanel, findNext, findPrevious, openSearchPanel } from '@codemirror/search'
import { EditorView, type KeyBinding } from '@codemirror/view'
import { indentItem, outdentItem } from '../text/lines.ts'
import { nextCell, previousCell, tableAt, type TableEdit } from '../text/tables.ts'
import type { Edit, Selection } from '../text/text-editor.ts'
import { richEditor, selectionOf } from './rich-editor.ts'

/** Before those of the language: what a key does in a table or in a list. */
export const keys: KeyBinding[] = [
  { key: 'Mod-f', run: openSearchPanel, scope: 'editor find' },
  { key: 'Mod-g', run: findNext, shift: findPrevious, scope: 'editor find', preventDefault: true },
  { key: 'F3', run: findNext, shift: findPrevious, scope: 'editor find', preventDefault: true },
  { key: 'Escape', run: closeSearchPanel, scope: 'editor find' },
  { key: 'Escape', run: leaveByTab },
  { key: 'Tab', run: changing(nextCell, indentItem), shift: changing(previousCell, outdentItem) },
  { key: 'Enter', run: insertNewlineContinueMarkupCommand({ nonTightLists: false }) },
  { key: 'Backspace', run: deleteMarkupBackward },
  { key: 'Alt-ArrowUp', run: moveLineUp },
  { key: 'Alt-ArrowDown', run: moveLineDown },
  ...historyKeymap,
  ...standardKeymap,
]

/** What the Tab key does where it means something; elsewhere it leaves the text, as in every field. */
function changing(inTable: TableEdit, inList: (at: Selection) => Edit | null) {
  return (view: EditorView) => {
    const selection = selectionOf(view.state)
    const table = tableAt(selection.text, selection.start)
    const edit = table ? inTable(table) : inList(selection)
    if (!edit) return false
    richEditor(view).apply(() => edit)
    return true
  }
}

/** Until something is typed, the Tab key goes on to what stands behind the text. */
function leaveByTab(view: EditorView) {
  view.setTabFocusMode(true)
  view.dispatch({ effects: EditorView.announce.of('Tab now leaves the text.') })
  return true
}

/** Ends what Escape began. */
export const endOfLeaving = [
  EditorView.domEventHandlers({ blur: (_, view) => view.setTabFocusMode(false) }),
  EditorView.updateListener.of(({ docChanged, view }) => {
    if (docChanged) view.setTabFocusMode(false)
  }),
]

import type { EditorState, Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { insertBlocks } from '../picture-marks.ts'
import { codeBlockAt } from '../text/blocks.ts'
import { markAround } from '../text/inline-marks.ts'
import { isAddress, linkTo } from '../text/links.ts'
import { filesOf } from '../use-body-pictures.ts'
import { richEditor, selectionOf } from './rich-editor.ts'

const loadConverter = () => import('../paste/html-to-markdown.ts')

/** Formats of editors of code, whose HTML is colours only. */
const codeEditors = ['vscode-editor-data', 'application/vnd.code.copymetadata']

/**
 * What is pasted: pictures are uploaded, an address makes a link of what is selected, HTML becomes Markdown. With Shift
 * held, and in code, it is plain text.
 */
export function pasting(onFiles: (files: File[]) => void): Extension {
  let plain = false
  return EditorView.domEventHandlers({
    keydown: (event) => {
      plain = event.shiftKey && event.key.toLowerCase() === 'v'
    },
    focus: () => void loadConverter().catch(() => {}),
    drop: (event) => event.dataTransfer?.types.includes('Files') ?? false,
    paste: (event, view) => {
      const data = event.clipboardData
      if (!data) return false
      const files = filesOf(data)
      if (files.length > 0) {
        onFiles(files)
        return true
      }
      if (plain || isInCode(view.state)) return false
      const text = data.getData('text/plain')
      if (linkSelection(view, text.trim())) return true
      const html = data.getData('text/html')
      if (html === '' || codeEditors.some((type) => data.types.includes(type))) return false
      void pasteHtml(view, { html, text, onFiles })
      return true
    },
  })
}

type Html = { html: string; text: string; onFiles: (files: File[]) => void }

async function pasteHtml(view: EditorView, { html, text, onFiles }: Html) {
  const { markdownOf } = await loadConverter().catch(() => ({ markdownOf: () => null }))
  const pasted = markdownOf(html, window.location.origin)
  const insert = pasted?.markdown || text
  if (pasted?.isBlock) richEditor(view).apply(insertBlocks([insert]))
  else if (insert !== '') {
    const change = view.state.replaceSelection(insert)
    view.dispatch(change, { userEvent: 'input.paste', scrollIntoView: true })
  }
  if (pasted && pasted.pictures.length > 0) onFiles(pasted.pictures)
}

function linkSelection(view: EditorView, address: string): boolean {
  const { text, start, end } = selectionOf(view.state)
  const selected = text.slice(start, end)
  if (start === end || selected.includes('\n') || !isAddress(address) || isAddress(selected)) {
    return false
  }
  const insert = linkTo(address, selected)
  const at = start + insert.length
  richEditor(view).apply(() => ({ start, end, insert, selectStart: at, selectEnd: at }))
  return true
}

function isInCode(state: EditorState) {
  const selection = selectionOf(state)
  const isBlock = codeBlockAt(selection.text, selection.start) !== undefined
  return isBlock || markAround(selection, '`') !== undefined
}

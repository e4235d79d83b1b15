import { history } from '@codemirror/commands'
import { markdownLanguage } from '@codemirror/lang-markdown'
import { search } from '@codemirror/search'
import { type Extension, RangeSetBuilder } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  dropCursor,
  EditorView,
  keymap,
  ViewPlugin,
} from '@codemirror/view'
import { findPanel } from './find-panel.ts'
import { endOfLeaving, keys } from './keys.ts'
import { look } from './look.ts'
import { otherCarets } from './other-carets.ts'

/** All that does not depend on the page around it. */
export const extensions: Extension[] = [
  history(),
  markdownLanguage.extension,
  look,
  EditorView.lineWrapping,
  EditorView.perLineTextDirection.of(true),
  // The lines above and below which the bars of the page stand.
  EditorView.scrollMargins.of(() => ({ top: 160, bottom: 80 })),
  dropCursor(),
  search({ top: true, literal: true, createPanel: findPanel }),
  endOfLeaving,
  keymap.of(keys),
  aroundSelection(),
  directions(),
  otherCarets,
]

/** A mark that is typed while words are selected goes around them. */
function aroundSelection() {
  const pairs: Record<string, string> = {
    '*': '*',
    _: '_',
    '`': '`',
    '~': '~',
    '[': ']',
    '(': ')',
    '"': '"',
  }
  return EditorView.inputHandler.of((view, from, to, typed) => {
    const close = pairs[typed]
    if (close === undefined || from === to || view.composing) return false
    const selected = view.state.sliceDoc(from, to)
    if (selected.includes('\n')) return false
    view.dispatch({
      changes: { from, to, insert: typed + selected + close },
      selection: { anchor: from + 1, head: to + 1 },
      userEvent: 'input.type',
    })
    return true
  })
}

/** Each line runs in the direction of its words. */
function directions() {
  const auto = Decoration.line({ attributes: { dir: 'auto' } })
  const decorate = ({ visibleRanges, state }: EditorView): DecorationSet => {
    const lines = new RangeSetBuilder<Decoration>()
    let last = -1
    for (const { from, to } of visibleRanges) {
      for (let at = from; at <= to;) {
        const line = state.doc.lineAt(at)
        if (line.from > last) lines.add(line.from, line.from, auto)
        last = line.from
        at = line.to + 1
      }
    }
    return lines.finish()
  }
  return ViewPlugin.define(
    (view) => ({
      decorations: decorate(view),
      update({ docChanged, viewportChanged, view: changed }) {
        if (docChanged || viewportChanged) this.decorations = decorate(changed)
      },
    }),
    { decorations: (plugin) => plugin.decorations },
  )
}

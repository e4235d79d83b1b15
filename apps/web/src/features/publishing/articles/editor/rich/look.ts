import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const fields = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--color-ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: 'inherit', overflowX: 'visible' },
  '.cm-content': { padding: '0', caretColor: 'var(--color-ink)', minHeight: '55vh' },
  '.cm-line': { padding: '0', overflowWrap: 'anywhere', textAlign: 'start' },
  '.cm-panels': { backgroundColor: 'transparent', color: 'inherit', zIndex: '5' },
  '.cm-panels.cm-panels-top': { borderBottom: '0' },
  '.cm-searchMatch': {
    backgroundColor: 'var(--color-warn-wash)',
    outline: '1px solid var(--color-warn)',
  },
  '.cm-searchMatch-selected': {
    backgroundColor: 'var(--color-accent-wash)',
    outline: '2px solid var(--color-accent)',
  },
  '.cm-dropCursor': { borderLeftColor: 'var(--color-accent)' },
  '@media (forced-colors: active)': {
    '.cm-searchMatch-selected': { outline: '3px solid Highlight' },
  },
})

/** Marks are softer than words; what they mean shows a little in the source already. */
const words = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '700' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.monospace, color: 'var(--color-good)' },
  { tag: [tags.link, tags.url], color: 'var(--color-accent)' },
  { tag: tags.quote, color: 'var(--color-soft)' },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: 'var(--color-soft)' },
  { tag: [tags.labelName, tags.string, tags.atom], color: 'var(--color-warn)' },
  { tag: [tags.comment, tags.meta, tags.escape], color: 'var(--color-soft)' },
])

/** The site's own colours, light and dark by its tokens. */
export const look = [fields, syntaxHighlighting(words)]

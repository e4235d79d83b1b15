import type { Handlers } from '../api.ts'
import { draft } from './examples.ts'

/** The editor shows the text in a textarea, as jsdom can type in it. */
export const writeInPlainField = () => localStorage.setItem('galley-editor-plain', 'yes')

/** What every editor asks for when it opens. */
export const editorReplies = {
  'presence.announce': () => ({ people: [] }),
  'presence.leave': () => ({ articleId: draft.id }),
  'tags.list': () => ({ items: [], page: { nextCursor: null } }),
  'reviewNotes.list': () => ({ items: [], page: { nextCursor: null } }),
} satisfies Handlers

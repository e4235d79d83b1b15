import type {
  ArticleSource,
  CreateArticle,
  UpdateArticle,
} from '@galley/contract/publishing/articles'
import type { Content, ContentErrors } from './content.ts'
import type { KeptDraft } from './local-draft.ts'
import type { SaveFailure } from './save-failure.ts'

export type DraftCalls = {
  create: (input: CreateArticle) => Promise<ArticleSource>
  update: (input: UpdateArticle) => Promise<ArticleSource>
  load: (id: string) => Promise<ArticleSource>
  /** The newest version and who saved it; null where that is not known. */
  findLastSave: (id: string) => Promise<LastSave | null>
  /** Keeps on the device what is not on the server; returns whether it is kept. */
  keep: (articleId: string | null, draft: KeptDraft) => boolean
  forget: (articleId: string | null) => void
}

/** `by` is null for the person themselves. */
type LastSave = { version: number; by: string | null }

export type DraftState = {
  /** What the fields show. */
  content: Content
  errors: ContentErrors
  /** The article as the server last returned it; null before the first save. */
  article: ArticleSource | null
  phase: 'idle' | 'saving' | 'failed' | 'conflict'
  /** Why the last save failed. */
  failure: SaveFailure | null
  /** What else was refused though everything is saved, such as publishing, and why. */
  refusal: { title: string; message: string } | null
  /** The person's own text while the version from elsewhere is shown. */
  setAside: Content | null
  /** In a conflict: the version from elsewhere, and who saved it. */
  theirs: { article: ArticleSource; by: string | null } | null
  /** The changes of somebody else, or of this person on another page, are now in the fields. */
  merged: { by: string | null } | null
  /** What was left on this device is now in the fields: when it was written. */
  recovered: string | null
  /** Whether what is not saved is on this device. */
  isKept: boolean
}

export const initialState = (article: ArticleSource | null, content: Content): DraftState => ({
  content,
  errors: {},
  article,
  phase: 'idle',
  failure: null,
  refusal: null,
  setAside: null,
  theirs: null,
  merged: null,
  recovered: null,
  isKept: false,
})

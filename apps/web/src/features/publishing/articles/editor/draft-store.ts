import type {
  ArticleSource,
  CreateArticle,
  UpdateArticle,
} from '@galley/contract/publishing/articles'
import { fieldsOf, messageOf, reasonOf } from '../../../../lib/errors.ts'
import {
  changedFields,
  changesToSave,
  type Content,
  type ContentErrors,
  contentFields,
  contentOf,
  emptyContent,
} from './content.ts'

export type DraftCalls = {
  create: (input: CreateArticle) => Promise<ArticleSource>
  update: (input: UpdateArticle) => Promise<ArticleSource>
  load: (id: string) => Promise<ArticleSource>
}

export type DraftState = {
  /** What the fields show. */
  content: Content
  errors: ContentErrors
  /** The article as the server last returned it; null before the first save. */
  article: ArticleSource | null
  phase: 'idle' | 'saving' | 'failed' | 'conflict'
  /** Why the last save failed, in words. */
  failure: { message: string; signedOut: boolean } | null
  /** What else was refused though everything is saved, such as publishing, and why. */
  refusal: { title: string; message: string } | null
  /** The person's own text while the version from elsewhere is shown. */
  setAside: Content | null
}

const autosaveDelay = 1_000
const retryDelay = 8_000

/**
 * The text being edited and its way to the server. A draft saves itself a moment after each change, one request at a
 * time; a published article waits for `save`. Nothing here ever discards what was typed.
 */
export class DraftStore {
  readonly #calls: DraftCalls
  readonly #listeners = new Set<() => void>()
  #base: Content
  #state: DraftState
  #timer: ReturnType<typeof setTimeout> | undefined
  #saving: Promise<boolean> | undefined

  constructor(article: ArticleSource | null, calls: DraftCalls) {
    this.#calls = calls
    this.#base = article ? contentOf(article) : emptyContent
    this.#state = {
      content: this.#base,
      errors: {},
      article,
      phase: 'idle',
      failure: null,
      refusal: null,
      setAside: null,
    }
  }

  getSnapshot = () => this.#state

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Whether the server lacks something that is in the fields. */
  isDirty = () => changedFields(this.#base, this.#state.content).length > 0

  savesItself = () => this.#state.article?.status !== 'published'

  edit = (change: Partial<Content>) => {
    this.#set({ content: { ...this.#state.content, ...change }, refusal: null })
    this.#autosaveIn(autosaveDelay)
  }

  /** Sends what changed; resolves to whether the server now has everything that is in the fields. */
  save = async (): Promise<boolean> => {
    clearTimeout(this.#timer)
    while (this.#saving) await this.#saving
    if (this.#state.phase === 'conflict') return false
    this.#saving = this.#send()
    try {
      return await this.#saving
    } finally {
      this.#saving = undefined
    }
  }

  /** Takes over the result of another call about this article: publish, unpublish. */
  accept = (article: ArticleSource) => this.#set({ article, refusal: null })

  /** Another call about this article failed; what is saved stays saved. */
  refuse = (title: string, error: unknown) => {
    if (this.#takeConflict(error)) return
    this.#markFields(fieldsOf(error))
    this.#set({ refusal: { title, message: messageOf(error) } })
  }

  /** Something cannot be done before these fields are changed. */
  refuseFields = (title: string, errors: ContentErrors) =>
    this.#set({
      errors: { ...this.#state.errors, ...errors },
      refusal: { title, message: Object.values(errors).join(' ') },
    })

  /** Ends a conflict: puts the fields that differ over the version from elsewhere. */
  keepMine = async (): Promise<boolean> => {
    if (!(await this.#loadTheirs())) return false
    return this.save()
  }

  /** Ends a conflict: shows the version from elsewhere and sets the person's own text aside. */
  takeTheirs = async (): Promise<void> => {
    const mine = this.#state.content
    if (await this.#loadTheirs()) this.#set({ content: this.#base, setAside: mine, errors: {} })
  }

  restoreMine = () => {
    const { setAside } = this.#state
    if (setAside) this.edit(setAside)
    this.#set({ setAside: null })
  }

  /** Gives the changes up: the article is gone. */
  discard = () => {
    this.stop()
    this.#base = this.#state.content
  }

  stop = () => clearTimeout(this.#timer)

  async #send(): Promise<boolean> {
    const { content, article } = this.#state
    const { changes, errors } = changesToSave(this.#base, content)
    const complete = Object.keys(errors).length === 0
    if (Object.keys(changes).length === 0) {
      this.#set({ errors, phase: 'idle', failure: null })
      return complete
    }
    this.#set({ errors, phase: 'saving' })
    try {
      const saved = article
        ? await this.#calls.update({ ...changes, id: article.id, version: article.version })
        : await this.#calls.create(changes)
      for (const field of contentFields) {
        if (!(field in errors)) this.#base = { ...this.#base, [field]: content[field] }
      }
      this.#set({ article: saved, phase: 'idle', failure: null })
    } catch (error) {
      this.#takeError(error)
      return false
    }
    if (this.isDirty() && this.#state.content !== content) this.#autosaveIn(autosaveDelay)
    return complete
  }

  #takeError(error: unknown) {
    if (this.#takeConflict(error)) return
    this.#markFields(fieldsOf(error))
    const reason = reasonOf(error)
    const failure = { message: messageOf(error), signedOut: reason === 'session/required' }
    this.#set({ phase: 'failed', failure })
    // No response or a passing fault: the same again may well succeed.
    const passing = [undefined, 'server/unavailable', 'request/rate-limited', 'server/internal']
    if (passing.includes(reason)) this.#autosaveIn(retryDelay)
  }

  #takeConflict(error: unknown): boolean {
    if (reasonOf(error) !== 'article/stale-version') return false
    this.#set({ phase: 'conflict', failure: null })
    return true
  }

  #markFields(refused: { path: string; message: string }[]) {
    const errors: ContentErrors = { ...this.#state.errors }
    for (const { path, message } of refused) {
      const field = contentFields.find((name) => path === name || path.startsWith(`${name}.`))
      if (field) errors[field] = message
    }
    this.#set({ errors })
  }

  async #loadTheirs(): Promise<boolean> {
    const { article } = this.#state
    if (!article) return false
    try {
      const theirs = await this.#calls.load(article.id)
      this.#base = contentOf(theirs)
      this.#set({ article: theirs, phase: 'idle', failure: null })
      return true
    } catch (error) {
      this.#set({ failure: { message: messageOf(error), signedOut: false } })
      return false
    }
  }

  #autosaveIn(delay: number) {
    clearTimeout(this.#timer)
    if (!this.savesItself() || this.#state.phase === 'conflict') return
    this.#timer = setTimeout(() => void this.save(), delay)
  }

  #set(change: Partial<DraftState>) {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

import type { ArticleSource } from '@galley/contract/publishing/articles'
import { fieldsOf, messageOf } from '../../../../lib/errors.ts'
import { isReadable } from '../article-status.tsx'
import {
  changedFields,
  changesToSave,
  type Content,
  type ContentErrors,
  contentFields,
  contentOf,
  emptyContent,
} from './content.ts'
import { type DraftCalls, type DraftState, initialState } from './draft-state.ts'
import type { KeptDraft } from './local-draft.ts'
import type { Choice, Merge } from './merge/merge-content.ts'
import { mergeDraft, withResult } from './merge/merge-draft.ts'
import { failureOf, isStale, mayPass, retryDelay, withRefused } from './save-failure.ts'

export type { DraftState } from './draft-state.ts'

const autosaveDelay = 1_000
const keepDelay = 300
/** So often somebody else may save first before a save is given up for now. */
const mostMerges = 5

/**
 * The text being edited and its way to the server. A draft saves itself a moment after each change, one request at a
 * time; a published article waits for `save`. What somebody else saved is merged. Nothing here ever discards what was typed.
 */
export class DraftStore {
  readonly #calls: DraftCalls
  readonly #listeners = new Set<() => void>()
  #base: Content
  #state: DraftState
  #timer: ReturnType<typeof setTimeout> | undefined
  #keeping: ReturnType<typeof setTimeout> | undefined
  #busy: Promise<boolean> | undefined
  #failures = 0

  constructor(article: ArticleSource | null, calls: DraftCalls) {
    this.#calls = calls
    this.#base = article ? contentOf(article) : emptyContent
    this.#state = initialState(article, this.#base)
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

  savesItself = () => {
    const { article } = this.#state
    return article === null || !isReadable(article.status)
  }

  edit = (change: Partial<Content>) => {
    this.#set({ content: { ...this.#state.content, ...change }, refusal: null })
    this.#keeping ??= setTimeout(this.keep, keepDelay)
    this.#autosaveIn(autosaveDelay)
  }

  /** Sends what changed; resolves to whether the server now has everything that is in the fields. */
  save = (): Promise<boolean> => {
    clearTimeout(this.#timer)
    return this.#inTurn(async () => this.#state.phase !== 'conflict' && this.#send(mostMerges))
  }

  /** The connection is back: what failed for want of it goes out now. */
  reconnect = () => {
    if (this.#state.phase !== 'failed' || this.#state.failure?.signedOut) return
    this.#failures = 0
    if (this.savesItself()) void this.save()
    else this.#set({ phase: 'idle', failure: null })
  }

  /** Somebody saved a version of this article, here or elsewhere. */
  hear = async (version: number): Promise<void> => {
    await this.#inTurn(async () => {
      const { article, phase } = this.#state
      if (!article || version <= article.version || phase === 'conflict') return true
      if (await this.#mergeTheirs()) this.#autosaveIn(autosaveDelay)
      return true
    })
  }

  /** Takes over the result of another call about this article: publish, unpublish. */
  accept = (article: ArticleSource) => this.#set({ article, refusal: null })

  /** Another call about this article failed; what is saved stays saved. */
  refuse = (title: string, error: unknown) => {
    const errors = withRefused(this.#state.errors, fieldsOf(error))
    this.#set({ errors, refusal: { title, message: messageOf(error) } })
    if (isStale(error)) void this.#inTurn(() => this.#mergeTheirs())
  }

  /** Something cannot be done before these fields are changed. */
  refuseFields = (title: string, errors: ContentErrors) =>
    this.#set({
      errors: { ...this.#state.errors, ...errors },
      refusal: { title, message: Object.values(errors).join(' ') },
    })

  /** What is to be decided in a conflict. */
  merge = (): Merge | null => {
    const { theirs } = this.#state
    return theirs && this.#mergeWith(theirs.article)
  }

  /** Ends a conflict by a choice for each part of it. */
  settle = async (choices: readonly Choice[]): Promise<boolean> => {
    const { theirs } = this.#state
    if (!theirs) return false
    this.#takeOver(theirs.article, this.#mergeWith(theirs.article).resolve(choices))
    return this.savesItself() ? this.save() : true
  }

  /** Ends a conflict: puts the person's own text where both changed the same. */
  keepMine = (): Promise<boolean> => this.settle(this.merge()?.conflicts.map(() => 'mine') ?? [])

  /** Ends a conflict: shows the version from elsewhere and sets the person's own text aside. */
  takeTheirs = () => {
    const { theirs, content } = this.#state
    if (!theirs) return
    this.#takeOver(theirs.article, contentOf(theirs.article))
    this.#set({ setAside: content, errors: {} })
  }

  restoreMine = () => {
    const { setAside } = this.#state
    if (setAside) this.edit(setAside)
    this.#set({ setAside: null })
  }

  /** Goes on with what a page that is no more has left on this device. */
  recover = ({ content, base, at }: KeptDraft) => {
    const { article } = this.#state
    if (base && article && base.version !== article.version) {
      // As if this page had been open since.
      const server = article
      this.#base = contentOf(base)
      this.#set({ article: base, content, recovered: at })
      this.#takeTheirs(server, null)
    } else this.#set({ content, recovered: at })
    if (!this.isDirty()) this.#set({ recovered: null })
    this.keep()
    this.#autosaveIn(autosaveDelay)
  }

  /** Back to what the server has. */
  dropRecovered = () => {
    this.edit(this.#base)
    this.#set({ recovered: null })
  }

  /** Has been read. */
  dismiss = () => this.#set({ merged: null, recovered: null })

  /** Puts the draft on this device, for as long as the server lacks it. */
  keep = () => {
    clearTimeout(this.#keeping)
    this.#keeping = undefined
    const { article, content } = this.#state
    const id = article?.id ?? null
    if (!this.isDirty()) {
      this.#calls.forget(id)
      if (this.#state.isKept) this.#set({ isKept: false })
      return
    }
    const isKept = this.#calls.keep(id, { content, base: article, at: new Date().toISOString() })
    if (isKept !== this.#state.isKept) this.#set({ isKept })
  }

  /** Gives the changes up: the article is gone. */
  discard = () => {
    this.stop()
    this.#base = this.#state.content
    this.keep()
  }

  stop = () => {
    clearTimeout(this.#timer)
    if (this.#keeping) this.keep()
  }

  /** One call about the article at a time. */
  async #inTurn(work: () => Promise<boolean>): Promise<boolean> {
    while (this.#busy) await this.#busy
    this.#busy = work()
    try {
      return await this.#busy
    } finally {
      this.#busy = undefined
    }
  }

  async #send(merges: number): Promise<boolean> {
    const { content, article } = this.#state
    const { changes, errors } = changesToSave(this.#base, content)
    const complete = Object.keys(errors).length === 0
    if (Object.keys(changes).length === 0) {
      this.#set({ errors, phase: 'idle', failure: null })
      this.keep()
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
      if (!article) this.#calls.forget(null)
      this.#failures = 0
      this.#set({ article: saved, phase: 'idle', failure: null })
      this.keep()
    } catch (error) {
      if (!isStale(error)) {
        this.#takeError(error)
        return false
      }
      if (!(await this.#mergeTheirs()) || merges === 0) return false
      if (this.savesItself()) return this.#send(merges - 1)
      // Readers are to see nothing that nobody has looked at.
      const message = 'Its changes are now in your text. Look at them, then try again.'
      this.#set({ refusal: { title: 'Somebody else has changed this article.', message } })
      return false
    }
    if (this.isDirty() && this.#state.content !== content) this.#autosaveIn(autosaveDelay)
    return complete
  }

  #takeError(error: unknown) {
    const errors = withRefused(this.#state.errors, fieldsOf(error))
    this.#set({ errors, phase: 'failed', failure: failureOf(error) })
    this.keep()
    if (!mayPass(error)) return
    this.#autosaveIn(retryDelay(this.#failures))
    this.#failures += 1
  }

  /** Resolves to whether the fields now hold what both wrote; else it is to be decided, or tried again. */
  async #mergeTheirs(): Promise<boolean> {
    const { article } = this.#state
    if (!article) return false
    try {
      const theirs = await this.#calls.load(article.id)
      const last = await this.#calls.findLastSave(article.id).catch(() => null)
      return this.#takeTheirs(theirs, last?.by ?? null)
    } catch (error) {
      this.#takeError(error)
      return false
    }
  }

  #takeTheirs(theirs: ArticleSource, by: string | null): boolean {
    if (theirs.version <= (this.#state.article?.version ?? 0)) return true
    const merge = this.#mergeWith(theirs)
    if (merge.conflicts.length > 0) {
      this.#set({ phase: 'conflict', failure: null, theirs: { article: theirs, by } })
      this.keep()
      return false
    }
    const before = this.#state.content
    this.#takeOver(theirs, merge.resolve([]))
    if (changedFields(before, this.#state.content).length > 0) this.#set({ merged: { by } })
    return true
  }

  #draft = () => ({ ...this.#state, before: this.#base })

  #mergeWith = (theirs: ArticleSource) => mergeDraft(this.#draft(), theirs)

  /** Goes on from another version. */
  #takeOver(theirs: ArticleSource, result: Content) {
    const content = withResult(this.#draft(), result)
    this.#base = contentOf(theirs)
    this.#set({ article: theirs, content, phase: 'idle', failure: null, theirs: null })
    this.keep()
  }

  #autosaveIn(delay: number) {
    clearTimeout(this.#timer)
    if (!this.savesItself() || this.#state.phase === 'conflict') return
    this.#timer = setTimeout(() => {
      // It may be published since.
      if (this.savesItself()) void this.save()
    }, delay)
  }

  #set(change: Partial<DraftState>) {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

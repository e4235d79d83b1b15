import { ArticleSource } from '@galley/contract/publishing/articles'
import { z } from 'zod'
import { unsavedPrefix } from '../../../../lib/unsaved.ts'
import { contentFields, type Content, emptyContent } from './content.ts'

/** What is on this device and not on the server: what the fields held, and the article that it was made of. */
export type KeptDraft = { content: Content; base: ArticleSource | null; at: string }

const KeptDraft = z.object({
  content: z.custom<Content>(isContent),
  base: ArticleSource.nullable(),
  at: z.iso.datetime(),
})

function isContent(value: unknown): value is Content {
  return (
    typeof value === 'object' && value !== null && contentFields.every((field) => field in value)
  )
}

type Device = { storage: Storage; locks: LockManager | undefined }

/**
 * The drafts of one person on this device. Each page has a place of its own, held by a lock for as long as it lives: two
 * pages that write at the same time cannot replace each other's, and what a page has left is found by the next.
 */
export class LocalDraft {
  readonly #device: Device
  readonly #prefix: string
  readonly #page = crypto.randomUUID()
  #release: (() => void) | undefined

  constructor(userId: string, device: Device) {
    this.#device = device
    this.#prefix = unsavedPrefix(userId)
  }

  /** Keeps what is not saved; resolves to whether the device took it. `articleId` is null for what is new. */
  keep(articleId: string | null, draft: KeptDraft): boolean {
    this.#hold()
    try {
      this.#device.storage.setItem(this.#keyOf(articleId), JSON.stringify(draft))
      return true
    } catch {
      // Full, or switched off.
      return false
    }
  }

  /** To be called when everything is saved, or given up. */
  forget(articleId: string | null) {
    try {
      this.#device.storage.removeItem(this.#keyOf(articleId))
    } catch {
      // Switched off: nothing is kept there.
    }
  }

  /** What pages that are no more have left of an article, the oldest first; it is kept until it is dropped. */
  async findLeft(articleId: string | null): Promise<{ draft: KeptDraft; drop: () => void }[]> {
    const { storage } = this.#device
    const keys = Object.keys(storage).filter((key) =>
      key.startsWith(this.#prefix + (articleId ?? 'new')),
    )
    const left: { draft: KeptDraft; drop: () => void }[] = []
    for (const key of keys) {
      const page = key.slice(key.lastIndexOf(':') + 1)
      if (page === this.#page || (await this.#isAlive(page))) continue
      const draft = parse(storage.getItem(key))
      if (draft) left.push({ draft, drop: () => storage.removeItem(key) })
      else storage.removeItem(key)
    }
    return left.toSorted((one, other) => (one.draft.at < other.draft.at ? -1 : 1))
  }

  close() {
    this.#release?.()
  }

  #keyOf = (articleId: string | null) => `${this.#prefix}${articleId ?? 'new'}:${this.#page}`

  #hold() {
    const { locks } = this.#device
    if (this.#release || !locks) return
    const held = new Promise<void>((resolve) => (this.#release = resolve))
    void locks.request(lockOf(this.#page), () => held)
  }

  async #isAlive(page: string): Promise<boolean> {
    const { locks } = this.#device
    if (!locks) return false
    return locks.request(lockOf(page), { ifAvailable: true }, (lock) => lock === null)
  }
}

const lockOf = (page: string) => `galley-draft:${page}`

function parse(text: string | null): KeptDraft | null {
  try {
    const parsed = KeptDraft.safeParse(JSON.parse(text ?? ''))
    return parsed.success
      ? { ...parsed.data, content: { ...emptyContent, ...parsed.data.content } }
      : null
  } catch {
    return null
  }
}

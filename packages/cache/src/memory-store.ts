import { LRUCache } from 'lru-cache'

export type MemoryEntry = { value: Buffer; storedAt: number; tags: readonly string[] }

/** Values in the memory of this process. */
export type MemoryStore = {
  get(key: string): MemoryEntry | undefined
  set(key: string, entry: MemoryEntry): void
  invalidate(tags: readonly string[]): void
  size(): { entries: number; bytes: number }
}

/** What an entry takes besides its key, its tags and its value, about. */
const ENTRY_BYTES = 500

/** Holds `maxBytes` at most, keys and tags included; what was not read for longest goes first. */
export function createMemoryStore({ maxBytes }: { maxBytes: number }): MemoryStore {
  const keysByTag = new Map<string, Set<string>>()
  const entries = new LRUCache<string, MemoryEntry>({
    maxSize: maxBytes,
    sizeCalculation: ({ value, tags }, key) =>
      ENTRY_BYTES + value.byteLength + 2 * (key.length + tags.join('').length),
    dispose: ({ tags }, key) => {
      for (const tag of tags) forget(tag, key)
    },
  })

  return {
    get: (key) => entries.get(key),
    set(key, entry) {
      entries.delete(key)
      entries.set(key, { ...entry, value: copyOf(entry.value) })
      if (!entries.has(key)) return
      for (const tag of entry.tags) {
        const keys = keysByTag.get(tag)
        if (keys) keys.add(key)
        else keysByTag.set(tag, new Set([key]))
      }
    },
    invalidate(tags) {
      for (const tag of tags) {
        for (const key of keysByTag.get(tag) ?? []) entries.delete(key)
      }
    },
    size: () => ({ entries: entries.size, bytes: entries.calculatedSize }),
  }

  function forget(tag: string, key: string) {
    const keys = keysByTag.get(tag)
    keys?.delete(key)
    if (keys?.size === 0) keysByTag.delete(tag)
  }
}

// A small buffer is a window on a larger one, which would be kept as a whole.
function copyOf(value: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(value.byteLength)
  value.copy(copy)
  return copy
}

/** What waits for one reader, in the order in which it was put in. */
export type Queue<Item> = AsyncIterable<Item> & {
  /** Ignored once the queue has ended. */
  push(item: Item, bytes: number): void
  /** Nothing more comes; with an error, the reader gets that, and nothing of what waits. */
  end(error?: Error): void
}

type Options = {
  maxBytes: number
  /** Called once when more waits than that: the queue has ended by then, and what waited is gone. */
  onOverflow(): void
}

/** A queue for one reader, bounded by the bytes that wait in it. */
export function createQueue<Item>({ maxBytes, onOverflow }: Options): Queue<Item> {
  let waiting: { item: Item; bytes: number }[] = []
  let heldBytes = 0
  let ended: { error: Error | undefined } | undefined
  let wake = () => {}

  return {
    push(item, bytes) {
      if (ended) return
      heldBytes += bytes
      waiting.push({ item, bytes })
      if (heldBytes > maxBytes) {
        end()
        waiting = []
        onOverflow()
      }
      wake()
    },
    end,
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const next = ended?.error ? undefined : waiting.shift()
        if (next) {
          heldBytes -= next.bytes
          yield next.item
        } else if (ended?.error) throw ended.error
        else if (ended) return
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }

  function end(error?: Error) {
    ended ??= { error }
    wake()
  }
}

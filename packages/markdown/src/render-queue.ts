import { RendererBusy } from './errors.ts'

export type QueueLimits = {
  concurrency: number
  /** How many characters may wait and run, of all holders together. */
  capacity: number
  /** How many of one holder, who may always have one document. */
  share: number
}

export type Ticket = {
  /** Whose document it is. */
  holder: string
  /** In characters. */
  size: number
  /** Aborted when nobody waits for it any longer. */
  signal?: AbortSignal | undefined
}

/** What even the shortest document counts as. */
const LEAST_SIZE = 500

/**
 * Work in line, in which holders take turns: nobody waits for more than one document of each of the others. Beyond its
 * limits `add` throws RendererBusy at once; work whose signal is aborted leaves the line.
 */
export function createRenderQueue({ concurrency, capacity, share }: QueueLimits) {
  /** Those who wait, in the order of their turns. */
  const line = new Map<string, (() => void)[]>()
  const sizes = new Map<string, number>()
  let total = 0
  let running = 0

  async function add<Result>(ticket: Ticket, work: () => Promise<Result>): Promise<Result> {
    ticket.signal?.throwIfAborted()
    const size = Math.max(ticket.size, LEAST_SIZE)
    charge(ticket.holder, size)
    try {
      return await turn(ticket, work)
    } finally {
      release(ticket.holder, size)
      startNext()
    }
  }

  return { add }

  function charge(holder: string, size: number) {
    const held = sizes.get(holder) ?? 0
    const isOverShare = held > 0 && held + size > share
    if (isOverShare || total + size > capacity)
      throw new RendererBusy('Too much waits to be rendered')
    sizes.set(holder, held + size)
    total += size
  }

  function release(holder: string, size: number) {
    const held = (sizes.get(holder) ?? 0) - size
    if (held > 0) sizes.set(holder, held)
    else sizes.delete(holder)
    total -= size
  }

  function turn<Result>({ holder, signal }: Ticket, work: () => Promise<Result>) {
    return new Promise<Result>((resolve, reject) => {
      const start = () => {
        signal?.removeEventListener('abort', leave)
        work()
          .finally(() => (running -= 1))
          .then(resolve, reject)
      }
      const leave = () => {
        const others = line.get(holder)?.filter((other) => other !== start) ?? []
        if (others.length > 0) line.set(holder, others)
        else line.delete(holder)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', leave, { once: true })
      line.set(holder, [...(line.get(holder) ?? []), start])
      startNext()
    })
  }

  function startNext() {
    const [next] = line
    if (running >= concurrency || !next) return
    const [holder, [start, ...others]] = next
    line.delete(holder)
    if (others.length > 0) line.set(holder, others)
    running += 1
    start?.()
  }
}

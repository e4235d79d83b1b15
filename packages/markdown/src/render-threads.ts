import { Piscina } from 'piscina'
import type { Pictures, Profile, Rendered } from './rendered.ts'
import { createRenderQueue, type QueueLimits, type Ticket } from './render-queue.ts'
import { createTimeBudget, MarkdownTooComplex } from './errors.ts'
import type { ClockMessage, RenderOutcome, RenderTask } from './worker.ts'

type ThreadOptions = Pick<QueueLimits, 'capacity' | 'share'> & {
  timeLimitMs: number
  maxThreads: number
  idleMs: number
  heapMb: number
}

export type Request = Omit<Ticket, 'size'> & { profile: Profile; pictures?: Pictures | undefined }

/** A thread takes longer to start than most documents to render: what is left by its caller may end for so long. */
const LEFT_MS = 200

/**
 * A pool of at most `maxThreads` threads, started when first needed and ended after `idleMs` without
 * work. A document that needs more than `timeLimitMs` or `heapMb` takes its thread down with it.
 */
export function createRenderThreads(options: ThreadOptions) {
  const { timeLimitMs, maxThreads, idleMs, heapMb, capacity, share } = options
  const pool = new Piscina<RenderTask, RenderOutcome>({
    filename: new URL('./worker.ts', import.meta.url).href,
    name: 'render',
    minThreads: 0,
    maxThreads,
    idleTimeout: idleMs,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  })
  // A thread that dies between two renderings is replaced by the next one.
  pool.on('error', () => {})
  // Piscina without a minimum of threads forgets the tasks behind one that it ends: they wait here.
  const queue = createRenderQueue({ concurrency: maxThreads, capacity, share })
  const pending = new Set<Promise<unknown>>()
  let closed = false
  let lastId = 0

  async function render(
    markdown: string,
    { profile, pictures, signal }: Request,
  ): Promise<Rendered> {
    if (closed) throw new Error('The Markdown renderer is closed')
    const id = (lastId += 1)
    const stop = new AbortController()
    const clock = createTimeBudget(timeLimitMs, () => {
      stop.abort(new MarkdownTooComplex(`Rendering took longer than ${timeLimitMs} ms`))
    })
    const obey = (message: ClockMessage) => {
      if (message.id === id) clock(message.clock)
    }
    const fail = (error: Error) => stop.abort(error)
    let leaving: NodeJS.Timeout | undefined
    const leave = () => {
      leaving = setTimeout(() => stop.abort(signal?.reason), LEFT_MS)
    }
    signal?.addEventListener('abort', leave, { once: true })
    pool.on('message', obey).on('error', fail)
    try {
      const outcome = await pool.run({ id, markdown, profile, pictures }, { signal: stop.signal })
      if ('tooComplex' in outcome) throw new MarkdownTooComplex(outcome.tooComplex)
      return outcome.rendered
    } catch (error) {
      // The pool, the task, or both of them report the end of the thread.
      const cause: unknown = stop.signal.aborted ? stop.signal.reason : error
      if (isOutOfMemory(cause)) throw new MarkdownTooComplex('Rendering needed too much memory')
      throw cause
    } finally {
      clock('stop')
      clearTimeout(leaving)
      signal?.removeEventListener('abort', leave)
      pool.off('message', obey).off('error', fail)
    }
  }

  return {
    render(markdown: string, request: Request): Promise<Rendered> {
      const ticket = { ...request, size: markdown.length }
      const work = queue.add(ticket, () => render(markdown, request))
      const ended = work.catch(() => {}).finally(() => pending.delete(ended))
      pending.add(ended)
      return work
    },

    /** Waits for what is being rendered, refuses what still waits, and ends the threads. */
    async close(): Promise<void> {
      closed = true
      await Promise.all(pending)
      await pool.destroy()
    },
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

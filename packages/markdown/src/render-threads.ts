import { Piscina } from 'piscina'
import type { Rendered } from './rendered.ts'
import { createRenderQueue, type QueueLimits, type Ticket } from './render-queue.ts'
import { createTimeBudget, MarkdownTooComplex } from './errors.ts'
import type { Compared } from './compare/compare.ts'
import type { ClockMessage, compare, CompareTask, RenderOutcome, RenderTask } from './worker.ts'

type ThreadOptions = Pick<QueueLimits, 'capacity' | 'share'> & {
  timeLimitMs: number
  maxThreads: number
  idleMs: number
  heapMb: number
}

export type Request = Omit<Ticket, 'size'> &
  Pick<RenderTask, 'profile' | 'pictures' | 'people' | 'idScope'>

/** A thread takes longer to start than most documents to render: what is left by its caller may end for so long. */
const LEFT_MS = 200

/**
 * A pool of at most `maxThreads` threads, started when first needed and ended after `idleMs` without
 * work. A document that needs more than `timeLimitMs` or `heapMb` takes its thread down with it.
 */
export function createRenderThreads(options: ThreadOptions) {
  const { timeLimitMs, maxThreads, idleMs, heapMb, capacity, share } = options
  const pool = new Piscina({
    filename: new URL('./worker.ts', import.meta.url).href,
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

  async function run<Outcome>(
    name: 'render' | 'compare',
    task: Omit<RenderTask, 'id'> | Omit<CompareTask, 'id'>,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> {
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
      return await pool.run({ ...task, id }, { name, signal: stop.signal })
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

  function inTurn<Result>(ticket: Ticket, start: () => Promise<Result>): Promise<Result> {
    const work = queue.add(ticket, start)
    const ended = work.catch(() => {}).finally(() => pending.delete(ended))
    pending.add(ended)
    return work
  }

  return {
    render(markdown: string, request: Request): Promise<Rendered> {
      const { profile, pictures, people, idScope, signal } = request
      return inTurn({ ...request, size: markdown.length }, async () => {
        const task: Omit<RenderTask, 'id'> = { markdown, profile, pictures, people, idScope }
        const outcome = await run<RenderOutcome>('render', task, signal)
        if ('tooComplex' in outcome) throw new MarkdownTooComplex(outcome.tooComplex)
        return outcome.rendered
      })
    },

    compare(task: Omit<CompareTask, 'id'>, ticket: Omit<Ticket, 'size'>): Promise<Compared> {
      const size = task.before.markdown.length + task.after.markdown.length
      return inTurn({ ...ticket, size }, async () => {
        type Outcome = ReturnType<typeof compare>
        return (await run<Outcome>('compare', task, ticket.signal)).compared
      })
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

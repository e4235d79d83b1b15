import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pLimit from 'p-limit'
import { FileRefused, ImagesUnavailable, type RefusedReason } from './images.ts'

export type Task =
  | { verb: 'inspect'; file: string; declaredMime: string | undefined }
  | { verb: 'make-variants'; file: string; folder: string }

/** What a task came to. `failed` is a mistake of ours, or a disk that is full. */
export type Outcome =
  | { result: unknown }
  | { refused: RefusedReason; message: string }
  | { failed: string; code?: string }

/** `isWorn`: the process keeps memory that the next task may need. */
export type Message = { progress: number } | (Outcome & { isWorn: boolean })

type RunOptions = {
  onProgress?: ((part: number) => void) | undefined
  signal?: AbortSignal | undefined
}

/** Its exit code when a file needs more memory than it may have. */
export const OUT_OF_MEMORY = 86

/** What a decoder that was led astray ends with. */
const CRASHES: readonly (string | null)[] = ['SIGSEGV', 'SIGBUS', 'SIGABRT', 'SIGILL', 'SIGFPE']

/** No secrets: only that glibc gives memory back as soon as it is free. */
const env = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
}

const MAX_WAITING = 200
const TOO_MUCH = 'This file needs too much memory or time.'

/**
 * A process that decodes, for one task at a time: it starts with the first and ends after `idleMs` without one. A task that
 * takes longer than `timeLimitMs`, and one that nobody waits for, takes it down.
 */
export function createChild({ idleMs, timeLimitMs }: { idleMs: number; timeLimitMs: number }) {
  const limit = pLimit(1)
  let child: ChildProcess | undefined
  let idle: NodeJS.Timeout | undefined
  let isClosed = false

  function start(): ChildProcess {
    const entry = fileURLToPath(new URL('./main.ts', import.meta.url))
    const started = fork(entry, { env, execArgv: [], serialization: 'advanced' })
    const forget = () => {
      if (child === started) child = undefined
    }
    started.once('exit', forget).on('error', forget)
    return started
  }

  function retire() {
    if (child?.connected) child.disconnect()
    child = undefined
  }

  function work<Result>(task: Task, { onProgress, signal }: RunOptions): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    const running = (child ??= start())
    const end = (error: unknown) => {
      reject(error)
      child = undefined
      running.kill('SIGKILL')
    }
    const onMessage = (message: Message) => {
      if ('progress' in message) return onProgress?.(message.progress)
      if (message.isWorn) retire()
      if ('result' in message) resolve(message.result as Result)
      else if ('refused' in message) reject(new FileRefused(message.refused, message.message))
      else reject(new ImagesUnavailable(message.failed, message))
    }
    const onExit = (code: number | null, by: string | null) => reject(errorOf(code, by))
    const onError = (cause: Error) =>
      end(new ImagesUnavailable('The process for pictures failed', { cause }))
    const onAbort = () => end(signal?.reason)
    const clock = setTimeout(() => end(new FileRefused('complex', TOO_MUCH)), timeLimitMs)
    running.on('message', onMessage).on('exit', onExit).on('error', onError)
    signal?.addEventListener('abort', onAbort, { once: true })
    running.send(task, (error) => error && onError(error))
    return promise.finally(() => {
      clearTimeout(clock)
      running.off('message', onMessage).off('exit', onExit).off('error', onError)
      signal?.removeEventListener('abort', onAbort)
    })
  }

  async function next<Result>(task: Task, options: RunOptions): Promise<Result> {
    if (isClosed) throw new ImagesUnavailable('Closed')
    options.signal?.throwIfAborted()
    clearTimeout(idle)
    try {
      return await work<Result>(task, options)
    } finally {
      idle = setTimeout(retire, idleMs).unref()
    }
  }

  return {
    async run<Result>(task: Task, options: RunOptions): Promise<Result> {
      options.signal?.throwIfAborted()
      if (limit.pendingCount >= MAX_WAITING) throw new ImagesUnavailable('Too many files wait')
      return limit(() => next<Result>(task, options))
    },
    /** Ends it, and with it the task that runs. */
    async close() {
      isClosed = true
      clearTimeout(idle)
      if (!child) return
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
  }
}

function errorOf(code: number | null, by: string | null) {
  if (code === OUT_OF_MEMORY) return new FileRefused('complex', TOO_MUCH)
  if (CRASHES.includes(by)) return new FileRefused('broken', 'This file cannot be read.')
  return new ImagesUnavailable(`The process for pictures ended with ${by ?? code}`)
}

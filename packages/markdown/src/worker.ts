import { parentPort } from 'node:worker_threads'
import { renderDocument } from './pipeline.ts'
import type { Pictures, Profile, Rendered } from './rendered.ts'
import { type Clock, MarkdownTooComplex } from './errors.ts'

export type RenderTask = {
  id: number
  markdown: string
  profile: Profile
  pictures?: Pictures | undefined
}

/** Sent while task `id` is worked on: its time begins, or stops, to count. */
export type ClockMessage = { id: number; clock: Parameters<Clock>[0] }

/** A class does not survive the way between threads, so what went wrong travels as data. */
export type RenderOutcome = { rendered: Rendered } | { tooComplex: string }

/** The thread's task. Its time counts from here, not from when it was queued or the thread started. */
export async function render({
  id,
  markdown,
  profile,
  pictures,
}: RenderTask): Promise<RenderOutcome> {
  const clock: Clock = (action) => {
    const message: ClockMessage = { id, clock: action }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    parentPort?.postMessage(message)
  }
  clock('start')
  try {
    return { rendered: await renderDocument(markdown, profile, { pictures, clock }) }
  } catch (error) {
    if (error instanceof MarkdownTooComplex) return { tooComplex: error.message }
    throw error
  }
}

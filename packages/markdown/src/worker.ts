import { parentPort } from 'node:worker_threads'
import { compare as compareTexts, type Compared, type ComparedText } from './compare/compare.ts'
import { renderDocument } from './pipeline.ts'
import type { People, Pictures, Profile, Rendered } from './rendered.ts'
import { type Clock, MarkdownTooComplex } from './errors.ts'

export type RenderTask = {
  id: number
  markdown: string
  profile: Profile
  pictures?: Pictures | undefined
  people?: People | undefined
  idScope?: string | undefined
}

export type CompareTask = { id: number; before: ComparedText; after: ComparedText }

/** Sent while task `id` is worked on: its time begins, or stops, to count. */
export type ClockMessage = { id: number; clock: Parameters<Clock>[0] }

/** A class does not survive the way between threads, so what went wrong travels as data. */
export type RenderOutcome = { rendered: Rendered } | { tooComplex: string }

/** A task of the thread: what differs between two texts. */
export function compare({ id, before, after }: CompareTask): { compared: Compared } {
  clockOf(id)('start')
  return { compared: compareTexts(before, after) }
}

function clockOf(id: number): Clock {
  return (action) => {
    const message: ClockMessage = { id, clock: action }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    parentPort?.postMessage(message)
  }
}

/** The other task of the thread. Its time counts from here, not from when it was queued or the thread started. */
export async function render({
  id,
  markdown,
  profile,
  pictures,
  people,
  idScope,
}: RenderTask): Promise<RenderOutcome> {
  const clock = clockOf(id)
  clock('start')
  try {
    const options = { pictures, people, idScope, clock }
    return { rendered: await renderDocument(markdown, profile, options) }
  } catch (error) {
    if (error instanceof MarkdownTooComplex) return { tooComplex: error.message }
    throw error
  }
}

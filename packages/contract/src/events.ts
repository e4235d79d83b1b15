import type { z } from 'zod'
import type { Hint } from './hints.ts'
import { platformEvents, platformHints, publicPlatformEvents } from './platform/events.ts'
import {
  publicCommentEvents,
  publicPublishingEvents,
  publishingEvents,
  publishingHints,
  publishingSignals,
} from './publishing/events.ts'

/** What happens here, past tense, with the payload that reactions get. Names and shapes are kept: events outlive releases. */
export const events = { ...platformEvents, ...publishingEvents } as const

export type EventName = keyof typeof events
export type EventPayload<Name extends EventName> = z.output<(typeof events)[Name]>

/** Those after which people who are signed out are to see something else at once. */
export const publicEvents: readonly EventName[] = [
  ...publicPlatformEvents,
  ...publicPublishingEvents,
]

/** Those after which only pages that show one thing are to, by the field of the payload with its id. */
const eventsOfOne: Partial<Record<EventName, string>> = {
  ...publicCommentEvents, // publishing
}

/** The same for pages, which show more at once than a call returns. */
export const publicPageEvents: readonly EventName[] = [
  ...publicEvents,
  ...(Object.keys(eventsOfOne) as EventName[]),
]

/** The id of the one thing that an event is of, where no page without it is another. */
export function subjectOf(event: EventName, payload: unknown): string | undefined {
  const field = eventsOfOne[event]
  const id: unknown = field === undefined ? undefined : Object(payload)[field]
  return typeof id === 'string' ? id : undefined
}

const hints = { ...platformHints, ...publishingHints }

/** Those that people who watch something hear of. */
export const hintedEvents = Object.keys(hints) as (keyof typeof hints)[]

/** What they hear of besides, while it happens only. */
export const signals = [...publishingSignals] as const

/** Who hears of an event. Of one of another version, nobody does. */
export const hintsOf = (event: string): readonly Hint<Record<string, string>>[] =>
  Object.hasOwn(hints, event) ? hints[event as keyof typeof hints] : []

import { z } from 'zod'
import { hintedEvents, signals } from '../events.ts'
import { Id } from '../primitives.ts'
import { Topic } from '../topics.ts'

/** How many topics one stream may watch. */
export const MAX_TOPICS = 20

/** `lastEventId`: that of the last message of an earlier stream, whose successor begins after it. */
export const WatchTopics = z.strictObject({
  topics: z.array(Topic).min(1).max(MAX_TOPICS),
  lastEventId: z
    .string()
    .max(1_500)
    .regex(/^[\da-z.-]+$/, 'Must be the id of a message.')
    .optional(),
})
export type WatchTopics = z.output<typeof WatchTopics>

/** What can have happened. More may come: what a caller does not know is none of its business. */
export const LiveEvent = z.enum([...hintedEvents, ...signals])

/** Something has happened: what it is about is read by ordinary calls. */
export const LiveHint = z.object({
  event: LiveEvent,
  topic: Topic,
  /** By the names that they have in other calls: `articleId`. */
  ids: z.record(z.string(), Id),
})
export type LiveHint = z.output<typeof LiveHint>

/** One message of a stream. The first tells from where on it watches, and others may do no more than that. */
export const LiveMessage = z.object({
  hints: z.array(LiveHint),
  /** Too much was missed to be told one by one: what is shown is to be read again. */
  reload: z.boolean(),
  /** What may not be watched any more. */
  ended: z.array(Topic),
})
export type LiveMessage = z.output<typeof LiveMessage>

import type { z } from 'zod'
import type { TopicName } from './topics.ts'

/**
 * Who watches hears of an event where they watch `topic` and its id is the one that the payload has in the field `of`; they
 * are given that id, and those of the fields `ids`. Nothing else of an event leaves.
 */
export type Hint<Payload> = {
  topic: TopicName
  of: IdField<Payload>
  ids?: readonly IdField<Payload>[]
}

type IdField<Payload> = {
  [Field in keyof Payload & string]: Payload[Field] extends string ? Field : never
}[keyof Payload & string]

/** By the names of events. Those that are missing are nobody's business. */
export type Hints<Events extends Record<string, z.ZodType>> = {
  [Name in keyof Events]?: readonly Hint<z.output<Events[Name]>>[]
}

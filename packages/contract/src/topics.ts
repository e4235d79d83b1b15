import { z } from 'zod'
import { platformTopics } from './platform/topics.ts'
import { publishingTopics } from './publishing/topics.ts' // publishing

const topics = {
  ...platformTopics,
  ...publishingTopics, // publishing
}

export type TopicName = keyof typeof topics

/** What changes can be watched of: one of these fields, as `{ "me": true }`. */
export const Topic = z
  .strictObject(optional(topics))
  .refine((topic) => definedIn(topic) === 1, 'Must name one topic.')
export type Topic = z.output<typeof Topic>

const definedIn = (topic: object) =>
  Object.values(topic).filter((value) => value !== undefined).length

type Optional<Shape extends z.ZodRawShape> = { [Name in keyof Shape]: z.ZodOptional<Shape[Name]> }

function optional<Shape extends z.ZodRawShape>(shape: Shape) {
  const fields = Object.entries(shape).map(([name, schema]) => [name, z.optional(schema)])
  return Object.fromEntries(fields) as Optional<Shape>
}

import { Topic, type TopicName } from '@galley/contract/topics'
import { type Actor, type Ctx, viewerId } from '../ctx.ts'
import type { Decision } from '../errors.ts'

/** Reads what decides about one thing that is watched, once for all who watch it, and decides about any of them. */
export type TopicRule = (db: Ctx['db'], id: string) => Promise<(actor: Actor) => Decision>

/** Who may hear of what: a line for each topic. */
export type TopicRules = Partial<Record<TopicName, TopicRule>>

export const platformTopicRules: TopicRules = {
  me: async (_db, id) => (actor) => (viewerId(actor) === id ? 'ok' : 'session/required'),
}

/** A topic as it is looked up: its name, and the id that it is about. */
export const keyOf = (name: TopicName, id: string): string => `${name} ${id}`

/** A topic as callers write it. */
export const topicOf = (name: TopicName, id: string): Topic =>
  Topic.parse({ [name]: name === 'me' ? true : id })

/** The key of what a caller means by a topic; undefined where they must sign in for it. */
export function keyOfTopic(actor: Actor, topic: Topic): string | undefined {
  const [name = '', value] = Object.entries(topic).find(([, given]) => given !== undefined) ?? []
  const id = value === true ? viewerId(actor) : value
  return typeof id === 'string' ? keyOf(name as TopicName, id) : undefined // the one field of a topic
}

/** Decides who may hear of the topic under a key. */
export async function ruleOf(rules: TopicRules, db: Ctx['db'], key: string) {
  const [name = '', id = ''] = key.split(' ')
  const rule = rules[name as TopicName]
  if (!rule) throw new Error(`No rule says who may hear of ${name}`)
  return rule(db, id)
}

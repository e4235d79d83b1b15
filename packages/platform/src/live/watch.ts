import type { LiveMessage, WatchTopics } from '@galley/contract/platform/live'
import type { Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { keyOfTopic } from './topics.ts'

/** The transport's side of a stream. */
export type StreamEnd = {
  /** Aborted when nobody reads it any longer. */
  signal: AbortSignal
  /** Called when it is not read for so long that it is given up. */
  onOverflow(): void
}

/**
 * What happens to the topics from now on, or after the last message of an earlier stream, each message with its id. Throws
 * where the caller may hear of none of them; those that they may not hear of are `ended` in the first message.
 */
export async function watchTopics(
  ctx: Ctx,
  { topics, lastEventId }: WatchTopics,
  stream: StreamEnd,
): Promise<AsyncIterable<{ id: string; message: LiveMessage }>> {
  const keyed = topics.map((topic) => ({ topic, key: keyOfTopic(ctx.actor, topic) }))
  const topicByKey = new Map(keyed.flatMap(({ key, topic }) => (key ? [[key, topic]] : [])))
  if (topicByKey.size === 0) throw new AppError('session/required')
  const unheard = keyed.flatMap(({ key, topic }) => (key ? [] : [topic]))
  const keys = new Set(topicByKey.keys())
  const messages = await ctx.live.watch(ctx.actor, keys, { after: lastEventId, ...stream })
  return read()

  async function* read() {
    for await (const { id, ended, ...message } of messages) {
      const endedTopics = ended.flatMap((key) => topicByKey.get(key) ?? [])
      yield { id, message: { ...message, ended: [...unheard.splice(0), ...endedTopics] } }
    }
  }
}

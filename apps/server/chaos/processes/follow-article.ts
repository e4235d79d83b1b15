import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../../bench/publishing/scale/processes.ts'
import { openStream, type Stream } from '../../test/platform/live/open-stream.ts'
import type { Site } from './site.ts'
import type { Writer } from './writes.ts'

/** Somebody who has the page of an article open, and comes again with the id of the last message where their stream ends. */
export function followArticle({ origin, publicOrigin }: Site, { cookie, article }: Writer) {
  const over = new AbortController()
  const heard: string[] = []
  let stream: Stream | undefined
  let opened = 0
  const following = follow()

  return {
    async begun() {
      await until(async () => stream !== undefined && stream.messages().length > 0)
    },
    /** Leaves, and comes again. */
    async comeAgain() {
      const before = opened
      stream?.leave()
      await until(async () => opened > before)
    },
    /** The ids of comments, in the order in which it was told of them. */
    heard: () => [...heard, ...commentsIn(stream)],
    async stop() {
      over.abort()
      stream?.leave()
      await following
    },
  }

  async function follow() {
    let after: string | undefined
    while (!over.signal.aborted) {
      const headers = { cookie, origin: publicOrigin }
      const next = await openStream(origin, [{ article: article.id }], { headers, after }).catch(
        () => undefined,
      )
      if (next) {
        stream = next
        opened += 1
        await next.ended
        after = next.lastId() ?? after
        heard.push(...commentsIn(next))
        stream = undefined
      }
      await sleep(100)
    }
  }
}

const commentsIn = (stream: Stream | undefined) =>
  stream
    ?.hints()
    .flatMap(({ event, ids }) =>
      event === 'comment.created' && ids.commentId ? [ids.commentId] : [],
    ) ?? []

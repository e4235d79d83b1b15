import { randomUUID } from 'node:crypto'
import {
  createAnnouncer,
  EVENTS_CHANNEL,
  readNotification,
} from '@galley/platform/events/announcer'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'

const domain = useTestDomain()

test.for([
  ['of a few articles are told with these', 3, 3],
  ['of many as comments of any', 200, undefined],
] as const)('comments %s', async ([, count, told]) => {
  const { db, listen } = domain.database
  const sender = randomUUID()
  const heard: unknown[] = []
  await listen(EVENTS_CHANNEL, (text) => {
    const notification = readNotification(text)
    if (notification.sender === sender) heard.push(...notification.events)
  })
  const { announce, flush } = createAnnouncer(db, { sender })
  const ids = Array.from({ length: count }, () => randomUUID())
  for (const articleId of ids) {
    const payload = { commentId: randomUUID(), articleId }
    announce({ id: randomUUID(), event: 'comment.created', payload })
  }
  await flush()
  const subjects = told && ids.slice(0, told)
  await expect
    .poll(() => heard)
    .toEqual([{ name: 'comment.created', ...(subjects && { subjects }) }])
})

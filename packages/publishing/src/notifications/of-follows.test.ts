import { outbox } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { told } from '../../test/told.ts'
import { createFollow, deleteFollow } from '../follows/change.ts'

const domain = useTestDomain()
const { database } = domain

const eventsOf = (event: string, key: string, value: string) =>
  database.db.$count(
    outbox,
    and(eq(outbox.event, event), sql`${outbox.payload} ->> ${key}::text = ${value}`),
  )

test('a person is told once of each who follows them, and follows are one event each', async () => {
  const star = await domain.person({ username: 'a-star' })
  const fan = await domain.person({ username: 'a-fan', displayName: 'Fan' })
  const announced: unknown[] = []
  const ctx = { ...fan, announce: (event: unknown) => announced.push(event) }
  const input = { username: 'a-star' }
  await createFollow(ctx, input)
  await createFollow(ctx, input)
  const payload = { followerId: fan.actor.user.id, followedId: star.actor.user.id }
  expect(announced).toEqual([{ id: expect.any(String), event: 'follow.created', payload }])
  expect(await eventsOf('follow.created', 'followerId', payload.followerId)).toBe(1)
  await domain.runJobs()
  await deleteFollow(fan, input)
  await createFollow(fan, input)
  await domain.runJobs()
  expect(await told(star)).toEqual([{ text: 'Fan follows you.', path: '/authors/a-fan' }])
})

test('fifty people who follow at once are told of one by one', async () => {
  const star = await domain.person({ username: 'b-star' })
  const fans = await Promise.all(Array.from({ length: 50 }, () => insertUser(database.db)))
  await Promise.all(
    fans.flatMap((fan) =>
      [0, 1].map(() => createFollow(domain.signedIn(fan), { username: 'b-star' })),
    ),
  )
  await domain.runJobs()
  expect(await told(star)).toHaveLength(50)
  expect(await eventsOf('follow.created', 'followedId', star.actor.user.id)).toBe(50)
})

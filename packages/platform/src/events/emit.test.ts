import { randomUUID } from 'node:crypto'
import { outbox } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { transact } from '../ctx.ts'
import { dispatchEvent, emit } from './emit.ts'

const domain = useTestDomain()

test('an event is dispatched once the transaction has committed', async () => {
  const ctx = await domain.person()
  const { id: userId } = ctx.actor.user
  await transact(ctx, (tx) => emit(ctx, tx, 'user.password-changed', { userId }))
  expect(await domain.database.db.select().from(outbox)).toMatchObject([{ dispatchedAt: null }])
  const outcomes = await domain.runJobs()
  expect(outcomes[0]).toMatchObject({ name: 'events.dispatch' })
  const [row] = await domain.database.db.select().from(outbox)
  expect(row?.dispatchedAt).toBeInstanceOf(Date)
})

test('an event that nothing reacts to, of an earlier version, is kept and enqueues nothing else', async () => {
  const ctx = await domain.person()
  const { id: userId } = ctx.actor.user
  const eventId = randomUUID()
  await transact(ctx, async (tx) => {
    const event = { event: 'user.suspended', payload: { userId }, requestId: 'test' }
    await tx.insert(outbox).values({ id: eventId, ...event })
    await ctx.jobs.enqueue(tx, dispatchEvent, { eventId })
  })
  expect(await domain.runJobs()).toMatchObject([{ name: 'events.dispatch' }])
  const [row] = await domain.database.db
    .select()
    .from(outbox)
    .where(eq(outbox.event, 'user.suspended'))
  expect(row).toMatchObject({ payload: { userId }, dispatchedAt: expect.any(Date) })
})

test('a rollback leaves neither the event nor its job', async () => {
  const ctx = await domain.person()
  const { id: userId } = ctx.actor.user
  const before = await domain.database.db.$count(outbox)
  const failed = transact(ctx, async (tx) => {
    await emit(ctx, tx, 'user.password-changed', { userId })
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  expect(await domain.database.db.$count(outbox)).toBe(before)
  expect(await domain.runJobs()).toEqual([])
})

import { outbox } from '@galley/db/schema'
import { eq, isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { systemCtx, transact } from '../ctx.ts'
import type { CommittedEvent } from './announcer.ts'
import { dispatchEvents } from './dispatch.ts'
import { emit } from './emit.ts'
import { platformReactions } from './reactions.ts'

const domain = useTestDomain()

/** A person who may write, and what their process hears of events. */
async function setUp() {
  const heard: CommittedEvent[] = []
  const ctx = { ...(await domain.person()), announce: (event: CommittedEvent) => heard.push(event) }
  const payload = { userId: ctx.actor.user.id }
  return { ctx, payload, heard }
}

const dispatch = () => dispatchEvents(platformReactions, systemCtx(domain.anonymous()))

test('an event is announced when the outermost transaction has committed, not before', async () => {
  const { ctx, payload, heard } = await setUp()
  await transact(ctx, async (tx) => {
    await transact({ ...ctx, db: tx }, (inner) =>
      emit(ctx, inner, 'user.password-changed', payload),
    )
    expect(heard).toEqual([])
  })
  expect(heard).toEqual([{ id: expect.any(String), event: 'user.password-changed', payload }])
})

test('a rollback leaves no event and announces none, nor does that of a part', async () => {
  const { ctx, payload, heard } = await setUp()
  const before = await domain.database.db.$count(outbox)
  const fail = (on: typeof ctx) =>
    transact(on, async (tx) => {
      await emit(ctx, tx, 'user.password-changed', payload)
      throw new Error('no')
    })
  await expect(fail(ctx)).rejects.toThrow('no')
  await transact(ctx, async (tx) => {
    await expect(fail({ ...ctx, db: tx })).rejects.toThrow('no')
  })
  expect(await domain.database.db.$count(outbox)).toBe(before)
  expect(heard).toEqual([])
})

test('each reaction is enqueued once, though many dispatch at once', async () => {
  const { ctx, payload } = await setUp()
  await dispatch()
  await domain.database.sql`delete from pgboss.job`
  for (let n = 0; n < 20; n += 1) {
    await transact(ctx, (tx) => emit(ctx, tx, 'user.password-changed', payload))
  }
  await Promise.all(Array.from({ length: 5 }, dispatch))
  const [jobs] = await domain.database.sql<{ n: number }[]>`
    select count(*)::int as n from pgboss.job where name = 'users.tell-of-password'`
  expect(jobs).toEqual({ n: 20 })
  expect(await domain.database.db.$count(outbox, isNull(outbox.dispatchedAt))).toBe(0)
})

test('what nothing reacts to, also of another version, is dispatched and enqueues nothing', async () => {
  const { payload } = await setUp()
  const event = { event: 'user.of-another-version', payload, requestId: 'test' }
  const [row] = await domain.database.db.insert(outbox).values(event).returning()
  await domain.database.sql`delete from pgboss.job`
  expect(await domain.runJobs()).toEqual([])
  const [dispatched] = await domain.database.db
    .select()
    .from(outbox)
    .where(eq(outbox.id, row?.id ?? ''))
  expect(dispatched).toMatchObject({ payload, dispatchedAt: expect.any(Date) })
})

test('an event that cannot be dispatched holds up no other and fails as a job, to be tried again', async () => {
  const { ctx, payload } = await setUp()
  const wrong = { event: 'user.password-changed', payload: { userId: 1 }, requestId: 'test' }
  const [row] = await domain.database.db.insert(outbox).values(wrong).returning()
  await transact(ctx, (tx) => emit(ctx, tx, 'user.password-changed', payload))
  const outcomes = await domain.runJobs({ mayFail: true })
  expect(outcomes.map(({ name }) => name)).toContain('users.tell-of-password')
  expect(outcomes.find(({ name }) => name === 'events.retry-dispatch')?.error).toBeDefined()

  await domain.database.db
    .update(outbox)
    .set({ payload })
    .where(eq(outbox.id, row?.id ?? ''))
  await domain.database.sql`
    update pgboss.job set start_after = now() where name = 'events.retry-dispatch'`
  const again = await domain.runJobs()
  expect(again.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['events.retry-dispatch', 'users.tell-of-password']),
  )
})

test('the trace of a caller goes through the outbox into the jobs, where nobody makes spans', async () => {
  const { ctx, payload } = await setUp()
  await dispatch()
  await domain.database.sql`delete from pgboss.job`
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  await transact(ctx, async (tx) => {
    await emit({ ...ctx, traceparent }, tx, 'user.password-changed', payload)
    await emit(ctx, tx, 'user.password-changed', payload)
  })
  await dispatch()
  const jobs = await domain.database.sql<{ traceparent: string | null }[]>`
    select data ->> 'traceparent' as traceparent from pgboss.job
    where name = 'users.tell-of-password' order by 1 nulls last`
  expect(jobs).toEqual([{ traceparent }, { traceparent: null }])
})

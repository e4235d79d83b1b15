import { randomUUID } from 'node:crypto'
import { idempotencyKeys, jobEffects } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import type { Ctx, SessionCtx } from '../ctx.ts'
import { jobHandlers, platformJobs } from '../job-registry.ts'
import { createKeyedCalls } from './keyed-calls.ts'
import { runIdempotent } from './run-idempotent.ts'
import { deleteOldResults, sweepResults } from '../sweeps.ts'

const domain = useTestDomain()

const call = { key: 'a key', batchIndex: 0, path: 'notes.create', input: { title: 'Text' } }
const hours = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * 60 * 60 * 1000)
const at = (ctx: SessionCtx, count: number) => ({ ...ctx, now: () => hours(count) })

const createOnce = (ctx: SessionCtx, input = call.input) =>
  runIdempotent(ctx, { ...call, input }, (inside) => createNote(inside, input))

/** Any write: the log of effects takes it. */
async function createNote(ctx: Ctx, { title }: { title: string }) {
  const id = randomUUID()
  await ctx.db.insert(jobEffects).values({ jobId: id, effect: title })
  return { id, title }
}

test('ID1 a result is returned for 24 h, from then on the key is new', async () => {
  const person = await domain.person()
  const first = await createOnce(at(person, 0))
  expect(await createOnce(at(person, 23.99))).toEqual(first)
  const next = await createOnce(at(person, 24), { title: 'Another' })
  expect(next).toMatchObject({ title: 'Another' })
  expect(await createOnce(at(person, 47.99), { title: 'Another' })).toEqual(next)
})

test('ID1 an hour after that at most it is removed', async () => {
  await domain.database.db.delete(idempotencyKeys)
  const [old, young] = [await domain.person(), await domain.person()]
  await createOnce(at(old, 0))
  await createOnce(at(young, 1))
  await deleteOldResults({ ...domain.anonymous(), now: () => hours(24) })
  const left = await domain.database.db.select().from(idempotencyKeys)
  expect(left.map(({ callerId }) => callerId)).toEqual([young.actor.user.id])
  const log = { info() {}, warn() {}, error() {}, child: () => log }
  const names = jobHandlers(platformJobs, { deps: young, log }).map(
    ({ definition }) => definition.name,
  )
  expect(names).toContain(sweepResults.name)
})

test('ID1 what fails after its effect has none', async () => {
  const person = await domain.person()
  const failing = runIdempotent(person, call, async (inside) => {
    await createNote(inside, { title: 'lost' })
    throw new Error('The process is tired')
  })
  await expect(failing).rejects.toThrow('The process is tired')
  expect(await domain.database.db.$count(jobEffects, eq(jobEffects.effect, 'lost'))).toBe(0)
  expect(await createOnce(person)).toMatchObject({ title: 'Text' })
})

test('ID1 a secret in a result is not stored, but generated from the rest', async () => {
  const person = await domain.person()
  let made = 0
  const secretOf = (id: unknown) => `secret ${++made} of ${String(id)}`
  const prepare = () =>
    runIdempotent(
      person,
      { ...call, madeAgain: { secret: async (_ctx, { id }) => secretOf(id) } },
      async () => ({ id: 'a', secret: secretOf('a'), part: { secret: 'is none' } }),
    )
  const part = { secret: 'is none' }
  expect(await prepare()).toEqual({ id: 'a', secret: 'secret 1 of a', part })
  expect(await prepare()).toEqual({ id: 'a', secret: 'secret 2 of a', part })
  const ofPerson = eq(idempotencyKeys.callerId, person.actor.user.id)
  const [row] = await domain.database.db.select().from(idempotencyKeys).where(ofPerson)
  expect(row?.result).toBe('{"id":"a","part":{"secret":"is none"}}')
})

test('calls with a key hold fewer connections than there are; the same call is worked on once', async () => {
  const keyedCalls = createKeyedCalls({ maxHolding: 1, maxWaiting: 1 })
  const person = { ...(await domain.person()), keyedCalls }
  const gate = Promise.withResolvers<void>()
  const started = Promise.withResolvers<void>()
  const waiting = runIdempotent(person, { ...call, key: 'slow' }, async () => {
    started.resolve()
    await gate.promise
    return 'done'
  })
  await started.promise
  const run = (key: string) => runIdempotent(person, { ...call, key }, async () => 'other')
  const soon = { retryAfterSeconds: 1 }
  const next = run('next')
  await expect(run('other')).rejects.toMatchObject({ reason: 'server/unavailable', ...soon })
  await expect(run('slow')).rejects.toMatchObject({
    reason: 'request/idempotency-in-flight',
    ...soon,
  })
  gate.resolve()
  expect(await Promise.all([waiting, next])).toEqual(['done', 'other'])
  expect(await run('other')).toBe('other')
})

import { idempotencyKeys } from '@galley/db/schema'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from '../articles/service.ts'
import type { Ctx, SessionCtx } from '../ctx.ts'
import { jobHandlers } from '../jobs.ts'
import { answerOnce } from './service.ts'
import { deleteOldAnswers, sweepAnswers } from './sweep.ts'

const domain = useTestDomain()

const call = { key: 'a key', batchIndex: 0, path: 'articles.create', input: { title: 'Text' } }
const hours = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * 60 * 60 * 1000)
const at = (ctx: SessionCtx, count: number) => ({ ...ctx, now: () => hours(count) })

const createOnce = (ctx: SessionCtx, input = call.input) =>
  answerOnce(ctx, { ...call, input }, (inside: Ctx) =>
    createArticle({ ...ctx, db: inside.db }, input),
  )

test('ID1 an answer is given for 24 h, from then on the key is new', async () => {
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
  await deleteOldAnswers({ ...domain.anonymous(), now: () => hours(24) })
  const left = await domain.database.db.select().from(idempotencyKeys)
  expect(left.map(({ callerId }) => callerId)).toEqual([young.actor.user.id])
  const log = { info() {}, warn() {}, error() {}, child: () => log }
  const names = jobHandlers({ deps: young, log }).map(({ definition }) => definition.name)
  expect(names).toContain(sweepAnswers.name)
})

test('ID1 what fails after its effect has none', async () => {
  const person = await domain.person()
  const failing = answerOnce(person, call, async ({ db }) => {
    await createArticle({ ...person, db }, call.input)
    throw new Error('The process is tired')
  })
  await expect(failing).rejects.toThrow('The process is tired')
  const [{ count } = { count: -1 }] = await domain.database.sql<{ count: number }[]>`
    select count(*)::int as count from articles where author_id = ${person.actor.user.id}`
  expect(count).toBe(0)
  expect(await createOnce(person)).toMatchObject({ title: 'Text' })
})

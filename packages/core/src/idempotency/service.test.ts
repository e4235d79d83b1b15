import { idempotencyKeys } from '@galley/db/schema'
import { describe, expect, test, vi } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from '../articles/service.ts'
import type { Ctx, SessionCtx } from '../ctx.ts'
import { jobHandlers } from '../jobs.ts'
import { createKeyedCalls, type KeyedCalls } from './keyed-calls.ts'
import { answerOnce } from './service.ts'
import { deleteOldAnswers, sweepAnswers } from './sweep.ts'

const domain = useTestDomain()

const call = { key: 'a key', batchIndex: 0, path: 'articles.create', input: { title: 'Text' } }
const hours = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * 60 * 60 * 1000)
const at = (ctx: SessionCtx, count: number) => ({ ...ctx, now: () => hours(count) })

const createOnce = (ctx: SessionCtx, input = call.input) =>
  answerOnce(ctx, { ...call, input }, (inside: Ctx) =>
    createArticle({ ...ctx, ...inside, actor: ctx.actor }, input),
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
  const failing = answerOnce(person, call, async (inside) => {
    await createArticle({ ...person, ...inside, actor: person.actor }, call.input)
    throw new Error('The process is tired')
  })
  await expect(failing).rejects.toThrow('The process is tired')
  const [{ count } = { count: -1 }] = await domain.database.sql<{ count: number }[]>`
    select count(*)::int as count from articles where author_id = ${person.actor.user.id}`
  expect(count).toBe(0)
  expect(await createOnce(person)).toMatchObject({ title: 'Text' })
})

/** `ctx` with a renderer that says what it renders, and waits until it may. */
function withSlowRenderer(ctx: SessionCtx) {
  const begun: string[] = []
  const gate = Promise.withResolvers<void>()
  const markdown: SessionCtx['markdown'] = {
    ...ctx.markdown,
    async render(text, options) {
      begun.push(text)
      await gate.promise
      return ctx.markdown.render(text, options)
    },
  }
  return { slow: { ...ctx, markdown }, begun, open: gate.resolve }
}

describe('Markdown of a call with a key', () => {
  const createText = (ctx: SessionCtx, key: string, body: string) =>
    answerOnce(ctx, { ...call, key, input: { body } }, (inside) =>
      createArticle({ ...ctx, ...inside, actor: ctx.actor }, { body }),
    )

  test('is rendered before its transaction: no connection is held meanwhile', async () => {
    const { slow, begun, open } = withSlowRenderer(await domain.person())
    const keyedCalls = createKeyedCalls({ maxHolding: 1 })
    let asked = 0
    const counting: KeyedCalls = {
      ...keyedCalls,
      holding(work) {
        asked += 1
        return keyedCalls.holding(work)
      },
    }
    const calls = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) =>
      createText({ ...slow, keyedCalls: counting }, key, `*${key}*`).catch(
        (error: unknown) => error,
      ),
    )
    await vi.waitFor(() => expect(asked).toBe(8))
    await vi.waitFor(async () => {
      const [{ count } = { count: -1 }] = await domain.database.sql<{ count: number }[]>`
        select count(*)::int as count from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction'`
      expect(count).toBe(0)
    })
    expect(begun.length).toBeGreaterThan(0)
    open()
    await Promise.all(calls)
  })

  test('is not rendered for what was answered before, nor for a call that is refused', async () => {
    const person = await domain.person()
    const { slow, begun, open } = withSlowRenderer(person)
    open()
    const first = await createText(slow, 'once', '*a*')
    expect(await createText(slow, 'once', '*a*')).toEqual(first)
    await expect(createText(slow, 'once', '*b*')).rejects.toMatchObject({
      reason: 'request/idempotency-key-reused',
    })
    expect(begun).toEqual(['*a*'])
  })

  test('that is too complex is refused, and may be sent again', async () => {
    const person = await domain.person()
    for (let tries = 0; tries < 2; tries += 1) {
      await expect(createText(person, 'deep', `${'> '.repeat(200)}a`)).rejects.toMatchObject({
        name: 'MarkdownTooComplex',
      })
    }
  })
})

test('calls with a key hold fewer connections than there are; the same call is worked on once', async () => {
  const keyedCalls = createKeyedCalls({ maxHolding: 1, maxWaiting: 1 })
  const person = { ...(await domain.person()), keyedCalls }
  const gate = Promise.withResolvers<void>()
  const started = Promise.withResolvers<void>()
  const waiting = answerOnce(person, { ...call, key: 'slow' }, async () => {
    started.resolve()
    await gate.promise
    return 'done'
  })
  await started.promise
  const answer = (key: string) => answerOnce(person, { ...call, key }, async () => 'other')
  const soon = { retryAfterSeconds: 1 }
  const next = answer('next')
  await expect(answer('other')).rejects.toMatchObject({ reason: 'server/unavailable', ...soon })
  await expect(answer('slow')).rejects.toMatchObject({
    reason: 'request/idempotency-in-flight',
    ...soon,
  })
  gate.resolve()
  expect(await Promise.all([waiting, next])).toEqual(['done', 'other'])
  expect(await answer('other')).toBe('other')
})

import { createKeyedCalls, type KeyedCalls } from '@galley/platform/idempotency/keyed-calls'
import { runIdempotent } from '@galley/platform/idempotency/run-idempotent'
import { describe, expect, test } from 'vitest'
import { useTestDomain } from '../test/context.ts'
import { createArticle } from './articles/create.ts'
import type { SessionCtx } from './ctx.ts'
import { renderFirst } from './render-first.ts'

const domain = useTestDomain()

const call = { key: 'a key', batchIndex: 0, path: 'articles.create', input: { title: 'Text' } }

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
    runIdempotent(ctx, { ...call, key, input: { body } }, (inside) =>
      createArticle({ ...ctx, ...inside, actor: ctx.actor }, { body }),
    )

  test('is rendered before its transaction: no connection is held meanwhile', async () => {
    const { slow, begun, open } = withSlowRenderer(await domain.person())
    const keyedCalls = createKeyedCalls({ maxHolding: 1, prepare: renderFirst })
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
    await expect.poll(() => asked).toBe(8)
    await expect.poll(() => begun.length).toBeGreaterThan(0)
    const idle = () => domain.database.sql`
      select from pg_stat_activity
      where datname = current_database() and state = 'idle in transaction'`
    await expect.poll(idle).toHaveLength(0)
    open()
    await Promise.all(calls)
  })

  test('is not rendered for a call that ran before, nor for a call that is refused', async () => {
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
        code: 'markdown/too-complex',
      })
    }
  })
})

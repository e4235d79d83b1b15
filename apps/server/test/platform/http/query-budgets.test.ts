import { publicProcedure, router } from '@galley/api/trpc'
import { users } from '@galley/db/schema'
import { transact } from '@galley/platform/ctx'
import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { useApp } from '../../app.ts'
import { most, overdrawn } from '../../query-counter.ts'

const nothing = z.object({})
const greedy = publicProcedure({ cost: 1, queries: 2 })
  .input(z.strictObject({ times: z.int() }))
  .output(nothing)

let isVictim = false

const on = useApp(
  {},
  {
    router: router({
      reads: router({
        of: greedy.query(async ({ ctx, input }) => {
          for (let n = 0; n < input.times; n += 1) await ctx.db.$count(users)
          return {}
        }),
        later: greedy.query(({ ctx, input }) => {
          for (let n = 0; n < input.times; n += 1) setTimeout(() => void ctx.db.$count(users), 50)
          return {}
        }),
      }),
      writes: router({
        again: greedy.mutation(({ ctx, input }) =>
          transact(ctx, async (tx) => {
            for (let n = 0; n < input.times; n += 1) await tx.$count(users)
            isVictim = !isVictim
            const cause = Object.assign(new Error('deadlock detected'), { code: '40P01' })
            if (isVictim) throw new DrizzleQueryError('', [], cause)
            return {}
          }),
        ),
      }),
    }),
  },
)

const read = (path: string, times: number) =>
  on.app.inject(`/trpc/${path}?input=${encodeURIComponent(JSON.stringify({ times }))}`)

test('a call that sends more statements than its procedure may is noted, with what it sent', async () => {
  await read('reads.of', 2)
  expect(overdrawn).toEqual([])
  await read('reads.of', 3)
  expect(overdrawn.splice(0)).toEqual([
    expect.stringMatching(/^reads.of may send 2 statements, and sent 3:\n.*from "users"/s),
  ])
  expect(most.get('reads.of')).toBe(3)
})

test('calls of one batch count for themselves, and what runs on after a call does not', async () => {
  const inputs = JSON.stringify({ 0: { times: 2 }, 1: { times: 2 }, 2: { times: 5 } })
  const path = 'reads.of,reads.of,reads.later'
  const response = await on.app.inject(`/trpc/${path}?batch=1&input=${encodeURIComponent(inputs)}`)
  expect(response.statusCode).toBe(200)
  await expect.poll(() => most.get('reads.later')).toBe(0)
  expect(overdrawn).toEqual([])
})

test('a transaction that lost a deadlock counts once', async () => {
  const response = await on.post('/trpc/writes.again', { times: 2 })
  expect(response.statusCode).toBe(200)
  expect(most.get('writes.again')).toBe(2)
})

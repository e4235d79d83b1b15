import { publicProcedure, router } from '@galley/api/trpc'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { rest as restRoutes } from '../../../src/routes/rest.ts'
import { useNotesApp } from '../../notes.ts'
import { rest } from '../../rest.ts'

const on = useNotesApp({ RATE_LIMIT_PER_MINUTE: '20' })
const deprecated = { since: '2027-01-01', sunset: '2027-07-01', use: 'site.get' }

/** What no procedure of Galley's shows: one that is to go, lists in the address, an error that nobody foresaw. */
const odd = router({
  ideas: router({
    list: publicProcedure({
      cost: 1,
      queries: 1,
      deprecated,
      rest: { method: 'GET', path: '/ideas' },
    })
      .input(
        z.strictObject({ ids: z.array(z.int()).max(3).optional(), open: z.boolean().optional() }),
      )
      .output(z.unknown())
      .query(({ input }) => input),
    get: publicProcedure({ cost: 1, queries: 1, rest: { method: 'GET', path: '/ideas/{id}' } })
      .input(z.strictObject({ id: z.int() }))
      .output(z.string())
      .query(() => {
        throw new Error('a detail that nobody may see')
      }),
  }),
})

beforeAll(async () => {
  await on.app.register(restRoutes, { prefix: '/api/v1/odd', router: odd })
})

test('a deprecated operation says so in its headers, also when it fails', async () => {
  for (const [address, status] of [
    ['/odd/ideas', 200],
    ['/odd/ideas?x=1', 400],
  ] as const) {
    const response = await rest(on, `GET ${address}`)
    expect(response.statusCode).toBe(status)
    expect(response.headers.deprecation).toBe('@1798761600')
    expect(response.headers.sunset).toBe('Thu, 01 Jul 2027 00:00:00 GMT')
  }
  expect((await rest(on, 'GET /site')).headers).not.toHaveProperty('deprecation')
})

test('parameters are converted as the schema says, and may be repeated where it is a list', async () => {
  const read = async (query: string) => (await rest(on, `GET /odd/ideas${query}`)).json()
  expect(await read('?ids=1&ids=2&open=false')).toEqual({ ids: [1, 2], open: false })
  expect(await read('?ids=7')).toEqual({ ids: [7] })
  expect(await read('?ids=a')).toMatchObject({ status: 400, fields: [{ path: 'ids.0' }] })
})

test('ER1 an unforeseen error is a problem without detail, logged once', async () => {
  on.logs.length = 0
  const response = await rest(on, 'GET /odd/ideas/1')
  expect(response.statusCode).toBe(500)
  expect(response.json()).toMatchObject({
    status: 500,
    reason: 'server/internal',
    detail: 'Internal server error',
  })
  expect(response.body).not.toContain('detail that nobody')
  expect(on.logs.filter((line) => line.includes('"level":"error"'))).toHaveLength(1)
})

test('IN3 a refused call costs too, and too many are 429', async () => {
  const remoteAddress = '192.0.2.77'
  const statuses: number[] = []
  for (let n = 0; n < 21; n++)
    statuses.push((await rest(on, 'GET /site?x=1', { remoteAddress })).statusCode)
  expect(statuses).toEqual([...Array<number>(20).fill(400), 429])
  const refused = await rest(on, 'GET /site', { remoteAddress })
  expect(refused.json()).toMatchObject({ status: 429, reason: 'request/rate-limited' })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
})

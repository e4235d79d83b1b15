import { createDb, type Database } from '@galley/db/client'
import { useTestDatabase } from '@galley/testing/database'
import { whileAt } from '@galley/tracing/work'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDeps } from '../../../src/deps.ts'
import { parseEnv } from '../../../src/env.ts'
import { createSlowStatements, explainBy } from '../../../src/metrics/slow-statements.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'

const database = useTestDatabase()
const lines: Record<string, unknown>[] = []
const log = {
  info() {},
  warn: (details: object, message: string) => void lines.push({ ...details, message }),
  error() {},
}

let own: Database
beforeAll(() => {
  const explain = explainBy(database.url)
  own = createDb(database.url, { meter: createSlowStatements({ limitMs: 10, log, explain }) })
})
afterAll(() => own.close())
beforeEach(() => void (lines.length = 0))

const slowly = (value: string) =>
  own.db.execute(sql`select id from pg_sleep(0.02) left join users on username = ${value}`)

test('what is slow is logged with its text and plan and without its values', async () => {
  await slowly('secret-name')
  await expect.poll(() => lines).toHaveLength(1)
  await slowly('another-name')
  await expect.poll(() => lines).toHaveLength(2)
  const [line] = lines
  expect(line).toMatchObject({
    message: 'slow statement',
    statement: expect.stringContaining('username = $1'),
    statementId: expect.stringMatching(/^[0-9a-f]{16}$/),
  })
  expect(Number(line?.['ms'])).toBeGreaterThanOrEqual(20)
  expect(lines[1]?.['statementId']).toBe(line?.['statementId'])
  expect(lines[1]?.['planId']).toBe(line?.['planId'])
  expect(JSON.stringify(lines)).not.toMatch(/secret-name|another-name/)
  const [server] = await database.sql<{ version: number }[]>`
    select current_setting('server_version_num')::int as version`
  const hasPlans = Number(server?.version) >= 160_000
  expect(String(line?.['plan']).includes('users')).toBe(hasPlans)
})

test('the line says what it was for', async () => {
  const work = { requestId: 'a-request', traceId: 'a'.repeat(32), procedure: 'notes.list' }
  await whileAt(work, async () => void (await slowly('a-name')))
  await expect.poll(() => lines).toMatchObject([work])
})

test('plans are asked for one at a time, and the last 500 are remembered', async () => {
  const asked: string[] = []
  let answer = Promise.withResolvers<void>()
  const explain = (statement: string) => {
    asked.push(statement)
    return answer.promise
  }
  const { statement } = createSlowStatements({ limitMs: 10, log, explain })
  const end = (text: string) => statement(text)({ ms: 20, waitedMs: 0 })
  for (let n = 0; n < 20; n += 1) end(`select ${n}`)
  expect(asked).toEqual(['select 0'])
  await expect.poll(() => lines).toHaveLength(19)
  answer.resolve()
  await expect.poll(() => lines).toHaveLength(20)

  answer = Promise.withResolvers<void>()
  answer.resolve()
  for (let n = 1; n <= 500; n += 1) {
    end(`select ${n}`)
    await expect.poll(() => lines, { interval: 1 }).toHaveLength(20 + n)
  }
  expect(asked).toHaveLength(501)
  end('select 500')
  end('select 0')
  expect(asked.slice(501)).toEqual(['select 0'])
})

test('SLOW_STATEMENT_MS sets the limit; without it nothing is looked at', async () => {
  const run = async (variables: Record<string, string>) => {
    const env = parseEnv({
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      ENCRYPTION_KEYS,
      ...variables,
    })
    await using deps = createDeps(env, log)
    await deps.domain.db.execute(sql`select pg_sleep(0.3)`)
    await deps.domain.db.execute(sql`select 1`)
  }
  await run({})
  expect(lines).toEqual([])
  await run({ SLOW_STATEMENT_MS: '250' })
  await expect.poll(() => lines).toMatchObject([{ statement: 'select pg_sleep(0.3)' }])
})

import { inspect } from 'node:util'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { serializeError } from './serialize-error.ts'

const secret = 'what-somebody-typed'
const database = useTestDatabase()

test('the parameters of a statement are left out, its text is kept', () => {
  const error = Object.assign(new Error(`Failed query: select $1\nparams: ${secret}`), {
    query: 'select $1',
    params: [secret],
  })
  const line = serializeError(error)
  expect(line.message).toBe('Failed query: select $1')
  expect(JSON.stringify(line)).not.toContain(secret)
})

test('what PostgreSQL quotes and details is left out, names of things are kept', () => {
  const error = Object.assign(new Error(`invalid input syntax for type uuid: "${secret}"`), {
    severity: 'ERROR',
    code: '22P02',
    detail: `Key (email)=(${secret}) already exists.`,
    constraint_name: 'users_email_key',
    table_name: 'users',
    parameters: [secret],
  })
  const line = serializeError(error)
  expect(line).toMatchObject({ code: '22P02', constraint: 'users_email_key', table: 'users' })
  expect(JSON.stringify(line)).not.toContain(secret)
})

test.for([
  ['in a key', () => insertUser(database.db, { email: `${secret}@example.com` }), '23505'],
  ['between quotes', () => insertArticle(database.db, { authorId: `"${secret}"` }), '22P02'],
  ['over lines', () => insertArticle(database.db, { authorId: `\n    at ${secret}\n` }), '22P02'],
  ['to the driver alone', () => database.sql`select ${secret}::text::int`, '22P02'],
] as const)(
  'of a real database error nothing that was sent is kept: %s',
  async ([, send, code]) => {
    await insertUser(database.db, { email: `${secret}@example.com` }).catch(() => {})
    const error: unknown = await send().catch((reason: unknown) => reason)
    expect(inspect(error, { showHidden: true, depth: 5 })).toContain(secret)
    const line = serializeError(error)
    expect((line.cause ?? line).code).toBe(code)
    expect(line.stack).toContain('    at ')
    expect(JSON.stringify(line)).not.toContain(secret)
  },
)

test('what JSON.parse quotes is left out', () => {
  let line
  try {
    JSON.parse(`{"password":"${secret}`)
  } catch (error) {
    line = serializeError(error)
  }
  expect(line?.type).toBe('SyntaxError')
  expect(JSON.stringify(line)).not.toContain(secret)
})

test('causes are kept, a few of them', () => {
  const inner = new Error('inner')
  expect(serializeError(new Error('outer', { cause: inner }))).toMatchObject({
    message: 'outer',
    cause: { message: 'inner', stack: expect.stringContaining('serialize-error.test.ts') },
  })
  inner.cause = inner
  expect(JSON.stringify(serializeError(inner)).match(/"inner"/g)).toHaveLength(6)
})

test('a thrown thing that is no Error is named by its type alone', () => {
  expect(serializeError(secret)).toEqual({ type: 'string', message: 'Not an Error was thrown.' })
})

test('a copy of an error, which is none, is logged as the error would be', () => {
  const stack = 'error: …\n    at Client.query (client.js:1:1)'
  const fields = { severity: 'ERROR', code: '22P02', message: 'invalid input: "typed"', stack }
  expect(serializeError({ ...fields, queue: 'letters' })).toEqual({
    type: 'Error',
    message: 'invalid input: "…"',
    code: '22P02',
    stack: '    at Client.query (client.js:1:1)',
  })
})

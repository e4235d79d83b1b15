import { expect, test } from 'vitest'
import { serializeError } from './serialize-error.ts'

const secret = 'what-somebody-typed'

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

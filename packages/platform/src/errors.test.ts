import { expect, test } from 'vitest'
import { AppError, toAppError } from './errors.ts'

const coded = (code: unknown) => Object.assign(new Error('canary'), { code })

test('an error of an adapter has the reason that it carries as its code', () => {
  const denied = coded('identity/denied')
  expect(toAppError(denied)).toMatchObject({ reason: 'identity/denied', cause: denied })
  const busy = coded('server/unavailable')
  expect(toAppError(busy)).toMatchObject({ reason: 'server/unavailable', retryAfterSeconds: 1 })
})

test.each([
  ['a signal', AbortSignal.abort().reason],
  ['Node', coded('ABORT_ERR')],
])('what was aborted by %s is unavailable', (_, error) => {
  expect(toAppError(error)).toMatchObject({ reason: 'server/unavailable', retryAfterSeconds: 1 })
})

test.each([
  new Error('canary'),
  Object.assign(new Error('canary'), { name: 'PasswordsBusy' }),
  coded('toString'),
  coded('identity/unheard-of'),
  coded(20.5),
  { code: 'identity/denied' },
  'identity/denied',
  null,
])('%o is an internal error that says nothing of its cause', (error) => {
  const known = toAppError(error)
  expect(known).toMatchObject({ reason: 'server/internal', cause: error })
  expect(known.message).not.toContain('canary')
})

test('an AppError stays as it is', () => {
  const error = new AppError('user/forbidden')
  expect(toAppError(error)).toBe(error)
})

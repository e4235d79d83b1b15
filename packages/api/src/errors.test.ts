import { AppError } from '@galley/platform/errors'
import { TRPCError } from '@trpc/server'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { errorData, toCallerError } from './errors.ts'

test('wrong fields are listed by path, an unknown field under its own name', () => {
  const schema = z.strictObject({
    tags: z.array(z.string().max(2)),
    page: z.strictObject({ limit: z.int() }),
  })
  const parsed = schema.safeParse({
    tags: ['ok', 'long'],
    page: { limit: 1, extra: 1 },
    role: 'admin',
  })
  const error = toCallerError(new TRPCError({ code: 'BAD_REQUEST', cause: parsed.error }))
  expect(error.reason).toBe('request/invalid')
  expect(error.fields.map((field) => field.path)).toEqual(['tags.1', 'page.extra', 'role'])
})

test.each([
  ['PARSE_ERROR', 'request/malformed'],
  ['BAD_REQUEST', 'request/malformed'],
  ['NOT_FOUND', 'route/not-found'],
  ['METHOD_NOT_SUPPORTED', 'route/method-not-allowed'],
  ['PAYLOAD_TOO_LARGE', 'request/too-large'],
  ['UNSUPPORTED_MEDIA_TYPE', 'request/unsupported-media-type'],
  ['INTERNAL_SERVER_ERROR', 'server/internal'],
] as const)("tRPC's own %s is %s", (code, reason) => {
  expect(toCallerError(new TRPCError({ code, message: 'internal detail' })).reason).toBe(reason)
})

test('an unknown error tells the caller nothing of itself (ER1)', () => {
  const cause = new Error('select secret from credentials')
  const error = toCallerError(
    new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: cause.message, cause }),
  )
  expect(error.message).toBe('Internal server error')
  expect(JSON.stringify(errorData(error, { requestId: 'r-1' }))).toBe(
    '{"code":"INTERNAL_SERVER_ERROR","reason":"server/internal","fields":[],"requestId":"r-1"}',
  )
})

test("the domain's errors pass as they are", () => {
  const cause = new AppError('user/not-found')
  expect(toCallerError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }))).toBe(cause)
})

import { z } from 'zod'

/**
 * Every way a call can fail, by its stable name. `code` is tRPC's word for the kind of failure and fixes the
 * HTTP status; `message` is shown to people. What the caller may not know of has the same reason as what is not there.
 */
export const errorReasons = {
  'request/invalid': { code: 'BAD_REQUEST', message: 'Some fields are not valid.' },
  'request/malformed': { code: 'BAD_REQUEST', message: 'The request could not be read.' },
  'request/cross-site': { code: 'FORBIDDEN', message: 'Requests from other sites are refused.' },
  'request/too-large': { code: 'PAYLOAD_TOO_LARGE', message: 'The request is too large.' },
  'request/unsupported-media-type': {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Send the request as application/json.',
  },
  'request/rate-limited': {
    code: 'TOO_MANY_REQUESTS',
    message: 'Too many requests. Try again a little later.',
  },
  'route/not-found': { code: 'NOT_FOUND', message: 'There is nothing at this address.' },
  'route/method-not-allowed': {
    code: 'METHOD_NOT_SUPPORTED',
    message: 'This address does not answer to that method.',
  },
  'cursor/invalid': { code: 'BAD_REQUEST', message: 'The cursor is not one that this list gave.' },
  'session/required': { code: 'UNAUTHORIZED', message: 'Sign in first.' },
  'session/wrong-credentials': {
    code: 'UNAUTHORIZED',
    message: 'The e-mail address or the password is wrong.',
  },
  'session/throttled': {
    code: 'TOO_MANY_REQUESTS',
    message: 'Too many attempts. Try again a little later.',
  },
  'user/not-found': { code: 'NOT_FOUND', message: 'There is no such person here.' },
  'user/email-taken': { code: 'CONFLICT', message: 'This e-mail address has an account already.' },
  'user/username-taken': { code: 'CONFLICT', message: 'This username is taken.' },
  'user/suspended': { code: 'FORBIDDEN', message: 'This account is suspended and can only read.' },
  'article/not-found': { code: 'NOT_FOUND', message: 'There is no such article.' },
  'article/forbidden': { code: 'FORBIDDEN', message: 'You may not do this to this article.' },
  'article/stale-version': {
    code: 'CONFLICT',
    message: 'The article was changed elsewhere since you opened it.',
  },
  'article/already-published': { code: 'CONFLICT', message: 'The article is published already.' },
  'article/not-published': { code: 'CONFLICT', message: 'The article is not published.' },
  'article/incomplete': {
    code: 'BAD_REQUEST',
    message: 'An article needs a title and a text before it is published.',
  },
  'markdown/too-complex': {
    code: 'BAD_REQUEST',
    message: 'This Markdown is nested too deeply to be rendered.',
  },
  'comment/not-found': { code: 'NOT_FOUND', message: 'There is no such comment.' },
  'comment/forbidden': { code: 'FORBIDDEN', message: 'You may not do this to this comment.' },
  'follow/self': { code: 'BAD_REQUEST', message: 'You cannot follow yourself.' },
  'server/unavailable': {
    code: 'SERVICE_UNAVAILABLE',
    message: 'The service is busy or starting. Try again in a moment.',
  },
  'server/internal': { code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error' },
} as const satisfies Record<string, { code: string; message: string }>

export type ErrorReason = keyof typeof errorReasons
export type ErrorCode = (typeof errorReasons)[ErrorReason]['code']

const reasonNames = Object.keys(errorReasons) as [ErrorReason, ...ErrorReason[]]

/** One wrong field: `path` as in the input (`tags.2`), empty for the input as a whole. */
export const FieldError = z.object({ path: z.string(), message: z.string() })
export type FieldError = z.output<typeof FieldError>

/** What every failed call carries, in tRPC under `error.data`. */
export const ErrorData = z.object({
  code: z.string(),
  reason: z.enum(reasonNames),
  fields: z.array(FieldError),
  requestId: z.string(),
})
export type ErrorData = z.output<typeof ErrorData>

import { IdempotencyKey } from '@galley/contract/platform/idempotency'
import type { AuthedCtx, Ctx } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { runIdempotent, type KeyedCall } from '@galley/platform/idempotency/run-idempotent'
import type { RequestCtx } from './ctx.ts'
import type { Meta } from './trpc.ts'

type Call = Omit<KeyedCall, 'key' | 'madeAgain'> & {
  ctx: RequestCtx & { idempotencyKey: string }
  meta: Meta
}

/** Whether a call brings a key that counts; what changes nothing is repeatable without. */
export const isKeyed = (ctx: RequestCtx, type: string, { readOnly }: Meta): ctx is Call['ctx'] =>
  type === 'mutation' && !readOnly && ctx.idempotencyKey !== undefined

/**
 * Whether the responses of a procedure may be kept: what tokens may call, and what editors and admins do. The rest is
 * about credentials and sessions, whose responses are secrets or set cookies; and there is nobody whose key it would be
 * where no one is signed in.
 */
export const takesKey = ({ scope, access, readOnly }: Meta) =>
  !readOnly && access !== 'public' && (scope !== null || access === 'editor' || access === 'admin')

/** Runs a call that brings a key, or returns what the same call has returned before. */
export function runIdempotentCall(
  { ctx, meta, ...call }: Call,
  run: (ctx: Ctx) => Promise<unknown>,
) {
  if (!takesKey(meta) || !isAuthed(ctx)) throw new AppError('request/idempotency-key-unsupported')
  const { madeAgain } = meta
  return runIdempotent(ctx, { ...call, madeAgain, key: readKey(ctx.idempotencyKey) }, run)
}

const isAuthed = (ctx: Call['ctx']): ctx is Call['ctx'] & AuthedCtx => ctx.actor.kind === 'user'

function readKey(value: string): string {
  if (!IdempotencyKey.safeParse(value).success) {
    throw new AppError('request/idempotency-key-invalid')
  }
  return value.startsWith('"') ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value
}

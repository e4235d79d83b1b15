import { errorReasons, type ErrorReason } from '@galley/contract/errors'
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { takesKey } from '@galley/api/idempotency'
import type { RestOperation } from '../rest.ts'

/** Of every operation, for every caller. */
const always: ErrorReason[] = [
  'request/invalid',
  'request/malformed',
  'request/not-utf-8',
  'request/ambiguous-credentials',
  'request/rate-limited',
  'server/internal',
  'server/unavailable',
]

const ofUnsafe: ErrorReason[] = ['request/cross-site', 'request/unsupported-media-type']
const ofKeyed: ErrorReason[] = [
  'request/idempotency-key-invalid',
  'request/idempotency-key-reused',
  'request/idempotency-in-flight',
]

/** The reasons for which an operation may be refused, by status: what it declares says most of them. */
export function refusalsOf(
  operation: RestOperation,
  own: ErrorReason[],
): Map<number, ErrorReason[]> {
  const reasons = new Set([...always, ...declared(operation), ...own])
  const byStatus = Map.groupBy(reasons, statusOf)
  byStatus.set(414, ['request/too-large'])
  if (operation.rest.versioned) byStatus.set(412, own.filter(isStale))
  return new Map([...byStatus].toSorted(([a], [b]) => a - b))
}

function declared({ meta, kind, fields }: RestOperation): ErrorReason[] {
  const writes = kind === 'mutation'
  return [
    ...when(meta.scope !== null, ['token/invalid', 'token/scope-missing']),
    ...when(meta.access !== 'public', ['session/required']),
    ...when(meta.access === 'editor' || meta.access === 'admin', ['role/required']),
    ...when(meta.access !== 'public' && writes && !meta.allowSuspended, [
      'user/suspended',
      ...when(!meta.enrolling, ['second-factor/required'] as const),
    ]),
    ...when(meta.requiresRecentAuth, ['session/step-up-required']),
    ...when(writes, ofUnsafe),
    ...when(writes && takesKey(meta), ofKeyed),
    ...when(writes && !meta.readOnly && !takesKey(meta), ['request/idempotency-key-unsupported']),
    ...when(writes, ['request/too-large', 'request/timeout']),
    ...when(
      fields.some(({ name }) => name === 'cursor'),
      ['cursor/invalid'],
    ),
  ]
}

/** For what a version that came as `If-Match` is refused with 412. */
export const isStale = (reason: ErrorReason) => reason.endsWith('/stale-version')

const when = (holds: boolean | undefined, reasons: ErrorReason[]) => (holds ? reasons : [])

const statusOf = (reason: ErrorReason) =>
  getHTTPStatusCodeFromError(new TRPCError({ code: errorReasons[reason].code }))

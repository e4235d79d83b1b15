import type { AuditEntry, ListAudit, SecurityEvent } from '@galley/contract/platform/audit'
import type { AuditAction } from '@galley/contract/audit-actions'
import type { Page, PageInput } from '@galley/contract/primitives'
import type { Tx } from '@galley/db/client'
import { auditLog } from '@galley/db/schema'
import type { Actor, Ctx, SessionCtx } from '../ctx.ts'
import { decodeCursor, pageOf, TimeCursor } from '../cursor.ts'
import { listEntries, listOfSubject } from './queries.ts'
import { toAuditEntry } from './view.ts'

type Details = {
  action: AuditAction
  target: { type: string; id: string }
  /** Whose account it is about: they see it among their security events. */
  subjectId?: string
  /** What changed, field by field; never a secret, a hash or a token. */
  before?: Record<string, unknown>
  after?: Record<string, unknown>
}

/** Writes down who did what, in the transaction in which they do. */
export async function recordAudit(ctx: Ctx, tx: Tx, details: Details): Promise<void> {
  const { action, target, subjectId, before, after } = details
  await tx.insert(auditLog).values({
    at: ctx.now(),
    action,
    ...actorOf(ctx.actor),
    targetType: target.type,
    targetId: target.id,
    subjectId,
    before,
    after,
    requestId: ctx.requestId,
    ...ctx.client,
  })
}

function actorOf(actor: Actor) {
  if (actor.kind !== 'user') return { actorKind: actor.kind, actorId: null }
  const actorKind = actor.via.kind === 'token' ? ('token' as const) : ('user' as const)
  return { actorKind, actorId: actor.user.id }
}

/** Who did what, last first. */
export async function listAudit(ctx: SessionCtx, input: ListAudit): Promise<Page<AuditEntry>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const rows = await listEntries(ctx.db, { ...input, after, limit: input.limit + 1 })
  return pageOf(rows, input.limit, toCursor, toAuditEntry)
}

/** What happened to the caller's own account, last first. */
export async function listSecurityEvents(
  ctx: SessionCtx,
  { cursor, limit }: PageInput,
): Promise<Page<SecurityEvent>> {
  const after = decodeCursor(TimeCursor, cursor)
  const rows = await listOfSubject(ctx.db, ctx.actor.user.id, { after, limit: limit + 1 })
  return pageOf(rows, limit, toCursor, (row) => ({ ...row, at: row.at.toISOString() }))
}

const toCursor = (row: { at: Date; id: string }) => [row.at.getTime(), row.id]

import type { AuditAction } from '@galley/contract/audit-actions'
import type { Tx } from '@galley/db/client'
import { auditLog } from '@galley/db/schema'
import type { Actor, Ctx } from '../ctx.ts'

type Details = {
  action: AuditAction
  target: { type: string; id: string }
  /** Whose account it is about: they see it among their security events. */
  subjectId?: string
  /** What changed, field by field; never a secret, a hash or a token. */
  before?: Record<string, unknown>
  after?: Record<string, unknown>
}

/** Records who did what, in the transaction in which they do. */
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

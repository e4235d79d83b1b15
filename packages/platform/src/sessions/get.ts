import type { Session } from '@galley/auth/sessions'
import type { Device, DeviceList, SessionView } from '@galley/contract/platform/sessions'
import { toCurrentUser } from '../actor.ts'
import type { Ctx, SessionCtx } from '../ctx.ts'

/** Who the caller is. */
export async function getSession(ctx: Ctx): Promise<SessionView> {
  return { user: ctx.actor.kind === 'user' ? toCurrentUser(ctx.actor.user, ctx.now()) : null }
}

/** Where the caller is signed in, newest first (OWASP ASVS 5.0 7.5.2). */
export async function listDevices(ctx: SessionCtx): Promise<DeviceList> {
  const live = await ctx.sessions.list(ctx.db, ctx.actor.user.id)
  return { items: live.map((session) => toDevice(session, ctx.actor.via.sessionId)) }
}

const toDevice = (session: Session, currentId: string): Device => ({
  id: session.id,
  current: session.id === currentId,
  method: session.method,
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  ip: session.ip,
  userAgent: session.userAgent,
})

import type { Ctx, UserActor } from '@galley/platform/ctx'
import { canAct, hasRecentAuth, hasRole, lacksSecondFactor } from '@galley/platform/actor'
import { AppError, authorize } from '@galley/platform/errors'
import { refuseInMaintenance } from '@galley/platform/settings/served'
import type { Meta } from './trpc.ts'

/**
 * What a procedure declares, checked against the caller, in one place for every transport: signed in, by what, with which
 * role, how long ago; and people who are suspended, or lack the second factor that they need, only read.
 */
export function checkAccess(ctx: Ctx, meta: Meta, type: string): void {
  const { actor } = ctx
  if (!meta.inMaintenance) refuseInMaintenance(ctx, actor)
  if (actor.kind === 'user') checkVia(actor, meta)
  if (meta.access === 'public' || actor.kind === 'system') return
  if (actor.kind !== 'user') throw new AppError('session/required')
  const lacks = lacksSecondFactor(actor.user, ctx.now())
  const writes = type === 'mutation' && !meta.allowSuspended
  if (lacks && writes && !meta.enrolling) throw new AppError('second-factor/required')
  if (!hasRole(actor.user, leastRole[meta.access])) {
    throw new AppError(lacks ? 'second-factor/required' : 'role/required')
  }
  if (writes) authorize(canAct(actor))
  if (meta.requiresRecentAuth) authorize(hasRecentAuth(ctx, actor.via))
}

function checkVia({ via }: UserActor, { scope }: Meta) {
  if (via.kind !== 'token') return
  if (scope === null) throw new AppError('token/not-allowed')
  if (!via.scopes.has(scope)) throw new AppError('token/scope-missing')
}

const leastRole = { 'signed-in': 'reader', editor: 'editor', admin: 'admin' } as const

import type { Ctx, UserActor } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { lacksSecondFactor } from '@galley/platform/actor'
import { isFresh } from '@galley/platform/actor'
import type { Meta } from './trpc.ts'

/**
 * What a procedure declares, checked against the caller, in one place for every transport: signed in, by what, with which role,
 * how long ago; and people who are suspended, or lack the second factor that they need, only read.
 */
export function checkAccess(ctx: Ctx, meta: Meta, type: string): void {
  const { actor } = ctx
  if (actor.kind === 'user') checkVia(actor, meta)
  if (meta.access === 'public' || actor.kind === 'system') return
  if (actor.kind !== 'user') throw new AppError('session/required')
  const lacks = lacksSecondFactor(actor.user, ctx.now())
  if (lacks && type === 'mutation' && !meta.suspended && !meta.enrolling) {
    throw new AppError('second-factor/required')
  }
  if (!hasRole(actor, meta.access)) {
    throw new AppError(lacks ? 'second-factor/required' : 'role/required')
  }
  const writes = type === 'mutation' && !meta.suspended
  if (writes && actor.user.status === 'suspended') throw new AppError('user/suspended')
  if (meta.fresh && !isFresh(ctx, actor.via)) throw new AppError('session/step-up-required')
}

function checkVia({ via }: UserActor, { scope }: Meta) {
  if (via.kind !== 'token') return
  if (scope === null) throw new AppError('token/not-allowed')
  if (!via.scopes.has(scope)) throw new AppError('token/scope-missing')
}

const rolesBy = {
  'signed-in': ['reader', 'author', 'editor', 'admin'],
  editor: ['editor', 'admin'],
  admin: ['admin'],
}

const hasRole = ({ user }: UserActor, access: keyof typeof rolesBy) =>
  rolesBy[access].includes(user.role)

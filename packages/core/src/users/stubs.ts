import type { ChangeEmail } from '@galley/contract/credentials'
import type { Revoked } from '@galley/contract/sessions'
import type {
  Accepted,
  ByEmail,
  ByLinkToken,
  ListUsers,
  ManagedUser,
  ManagedUserPage,
  SetRole,
  SuspendUser,
  UserById,
  VerifiedEmail,
} from '@galley/contract/users'
import type { z } from 'zod'
import type { Ctx, SessionCtx } from '../ctx.ts'

export async function verifyEmail(_ctx: Ctx, _input: ByLinkToken): Promise<VerifiedEmail> {
  throw new Error('verifyEmail')
}

export async function resendVerification(_ctx: Ctx, _input: ByEmail): Promise<Accepted> {
  throw new Error('resendVerification')
}

export async function requestEmailChange(_ctx: SessionCtx, _input: ChangeEmail): Promise<Accepted> {
  throw new Error('requestEmailChange')
}

export async function confirmEmailChange(_ctx: Ctx, _input: ByLinkToken): Promise<VerifiedEmail> {
  throw new Error('confirmEmailChange')
}

export async function listUsers(
  _ctx: SessionCtx,
  _input: ListUsers,
): Promise<z.output<typeof ManagedUserPage>> {
  throw new Error('listUsers')
}

export async function setRole(_ctx: SessionCtx, _input: SetRole): Promise<ManagedUser> {
  throw new Error('setRole')
}

export async function suspendUser(_ctx: SessionCtx, _input: SuspendUser): Promise<ManagedUser> {
  throw new Error('suspendUser')
}

export async function restoreUser(_ctx: SessionCtx, _input: UserById): Promise<ManagedUser> {
  throw new Error('restoreUser')
}

export async function revokeUserSessions(_ctx: SessionCtx, _input: UserById): Promise<Revoked> {
  throw new Error('revokeUserSessions')
}

import type {
  ChangePassword,
  ConfirmTotp,
  CredentialsView,
  RecoveryCodes,
  ResetPassword,
  SetPassword,
  TotpSecret,
} from '@galley/contract/credentials'
import type { Accepted, ByEmail } from '@galley/contract/users'
import type { Ctx, SessionCtx } from '../ctx.ts'

export async function getCredentials(_ctx: SessionCtx): Promise<CredentialsView> {
  throw new Error('getCredentials')
}

export async function changePassword(_ctx: SessionCtx, _input: ChangePassword): Promise<Accepted> {
  throw new Error('changePassword')
}

export async function setPassword(_ctx: SessionCtx, _input: SetPassword): Promise<Accepted> {
  throw new Error('setPassword')
}

export async function requestPasswordReset(_ctx: Ctx, _input: ByEmail): Promise<Accepted> {
  throw new Error('requestPasswordReset')
}

export async function resetPassword(_ctx: Ctx, _input: ResetPassword): Promise<Accepted> {
  throw new Error('resetPassword')
}

export async function startTotp(_ctx: SessionCtx): Promise<TotpSecret> {
  throw new Error('startTotp')
}

export async function confirmTotp(_ctx: SessionCtx, _input: ConfirmTotp): Promise<RecoveryCodes> {
  throw new Error('confirmTotp')
}

export async function deleteTotp(_ctx: SessionCtx): Promise<Accepted> {
  throw new Error('deleteTotp')
}

export async function createRecoveryCodes(_ctx: SessionCtx): Promise<RecoveryCodes> {
  throw new Error('createRecoveryCodes')
}

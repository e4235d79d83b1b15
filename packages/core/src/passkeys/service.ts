import type {
  ByPasskey,
  CreatePasskey,
  PasskeyById,
  PasskeyList,
  PasskeyOptions,
  PasskeyView,
} from '@galley/contract/passkeys'
import type { SessionView, StepUpView } from '@galley/contract/sessions'
import type { Accepted } from '@galley/contract/users'
import type { Ctx, SessionCtx } from '../ctx.ts'

export async function listPasskeys(_ctx: SessionCtx): Promise<PasskeyList> {
  throw new Error('listPasskeys')
}

export async function startPasskeyRegistration(_ctx: SessionCtx): Promise<PasskeyOptions> {
  throw new Error('startPasskeyRegistration')
}

export async function createPasskey(_ctx: SessionCtx, _input: CreatePasskey): Promise<PasskeyView> {
  throw new Error('createPasskey')
}

export async function deletePasskey(_ctx: SessionCtx, _input: PasskeyById): Promise<Accepted> {
  throw new Error('deletePasskey')
}

export async function startPasskeySignIn(_ctx: Ctx): Promise<PasskeyOptions> {
  throw new Error('startPasskeySignIn')
}

export async function createSessionByPasskey(_ctx: Ctx, _input: ByPasskey): Promise<SessionView> {
  throw new Error('createSessionByPasskey')
}

export async function stepUpByPasskey(_ctx: SessionCtx, _input: ByPasskey): Promise<StepUpView> {
  throw new Error('stepUpByPasskey')
}

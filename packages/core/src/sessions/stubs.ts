import type {
  BySecondFactor,
  DeviceList,
  Revoked,
  SessionById,
  SessionView,
  StepUp,
  StepUpView,
} from '@galley/contract/sessions'
import type { Ctx, SessionCtx } from '../ctx.ts'

export async function createSessionWithSecondFactor(
  _ctx: Ctx,
  _input: BySecondFactor,
): Promise<SessionView> {
  throw new Error('createSessionWithSecondFactor')
}

export async function listDevices(_ctx: SessionCtx): Promise<DeviceList> {
  throw new Error('listDevices')
}

export async function revokeSession(_ctx: SessionCtx, _input: SessionById): Promise<Revoked> {
  throw new Error('revokeSession')
}

export async function revokeOtherSessions(_ctx: SessionCtx): Promise<Revoked> {
  throw new Error('revokeOtherSessions')
}

export async function stepUp(_ctx: SessionCtx, _input: StepUp): Promise<StepUpView> {
  throw new Error('stepUp')
}

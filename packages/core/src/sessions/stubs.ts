import type { DeviceList, Revoked, SessionById } from '@galley/contract/sessions'
import type { SessionCtx } from '../ctx.ts'

export async function listDevices(_ctx: SessionCtx): Promise<DeviceList> {
  throw new Error('listDevices')
}

export async function revokeSession(_ctx: SessionCtx, _input: SessionById): Promise<Revoked> {
  throw new Error('revokeSession')
}

export async function revokeOtherSessions(_ctx: SessionCtx): Promise<Revoked> {
  throw new Error('revokeOtherSessions')
}

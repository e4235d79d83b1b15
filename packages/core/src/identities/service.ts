import type {
  IdentityById,
  IdentityList,
  ProviderList,
  ProviderRedirect,
  StartIdentity,
} from '@galley/contract/identities'
import type { Deleted } from '@galley/contract/primitives'
import type { Ctx, SessionCtx } from '../ctx.ts'

export async function listProviders(_ctx: Ctx): Promise<ProviderList> {
  throw new Error('listProviders')
}

export async function listIdentities(_ctx: SessionCtx): Promise<IdentityList> {
  throw new Error('listIdentities')
}

export async function startIdentity(_ctx: Ctx, _input: StartIdentity): Promise<ProviderRedirect> {
  throw new Error('startIdentity')
}

export async function deleteIdentity(_ctx: SessionCtx, _input: IdentityById): Promise<Deleted> {
  throw new Error('deleteIdentity')
}

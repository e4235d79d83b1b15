import {
  IdentityById,
  IdentityList,
  ProviderList,
  ProviderRedirect,
  StartIdentity,
} from '@galley/contract/platform/identities'
import { Deleted, Nothing } from '@galley/contract/primitives'
import { deleteIdentity } from '@galley/platform/identities/delete'
import { listIdentities, listProviders } from '@galley/platform/identities/list'
import { startIdentity } from '@galley/platform/identities/start'
import { kept, withCookies } from '../../ctx.ts'
import { publicProcedure, sessionProcedure, router } from '../../trpc.ts'

export const identities = router({
  providers: publicProcedure({ cost: 1, queries: 0, inMaintenance: true })
    .input(Nothing)
    .output(ProviderList)
    .query(({ ctx }) => listProviders(ctx)),
  list: sessionProcedure({ cost: 1, queries: 1 })
    .input(Nothing)
    .output(IdentityList)
    .query(({ ctx }) => listIdentities(ctx)),
  start: publicProcedure({ cost: 5, queries: 2, allowance: 'sign-in', inMaintenance: true })
    .input(StartIdentity)
    .output(ProviderRedirect)
    .mutation(({ ctx, input }) => withCookies(ctx, startIdentity(ctx, input, kept(ctx)))),
  delete: sessionProcedure({ cost: 2, queries: 8, requiresRecentAuth: true })
    .input(IdentityById)
    .output(Deleted)
    .mutation(({ ctx, input }) => deleteIdentity(ctx, input)),
})

import { Nothing } from '@galley/contract/primitives'
import { SiteView } from '@galley/contract/platform/site'
import { getSite } from '@galley/platform/site/get'
import { publicProcedure, router } from '../../trpc.ts'

export const site = router({
  get: publicProcedure({ cost: 1, scope: 'site:read', rest: { method: 'GET', path: '/site' } })
    .input(Nothing)
    .output(SiteView)
    .query(({ ctx }) => getSite(ctx)),
})

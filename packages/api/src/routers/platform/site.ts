import { Nothing } from '@galley/contract/primitives'
import { SiteView } from '@galley/contract/platform/site'
import { getSite } from '@galley/platform/site/get'
import { publicProcedure, router } from '../../trpc.ts'
import { docs } from './site.docs.ts'

export const site = router({
  get: publicProcedure({
    cost: 1,
    scope: 'site:read',
    rest: { method: 'GET', path: '/site' },
    docs: docs.get,
  })
    .input(Nothing)
    .output(SiteView)
    .query(({ ctx }) => getSite(ctx)),
})

import { ListTags, TagPage } from '@galley/contract/tags'
import { listTags } from '@galley/core/tags'
import { publicProcedure, router } from '../trpc.ts'

export const tags = router({
  list: publicProcedure({
    cost: 1,
    scope: 'tags:read',
    rest: { method: 'GET', path: '/tags' },
  })
    .input(ListTags.prefault({}))
    .output(TagPage)
    .query(({ ctx, input }) => listTags(ctx, input)),
})

import { ListTags, TagBySlug, TagPage, TagView } from '@galley/contract/publishing/tags'
import { getTag } from '@galley/publishing/tags/get'
import { listTags } from '@galley/publishing/tags/list'
import { publicProcedure, router } from '../../trpc.ts'
import { docs } from './tags.docs.ts'

export const tags = router({
  list: publicProcedure({
    cost: 1,
    scope: 'tags:read',
    rest: { method: 'GET', path: '/tags' },
    docs: docs.list,
  })
    .input(ListTags.prefault({}))
    .output(TagPage)
    .query(({ ctx, input }) => listTags(ctx, input)),
  bySlug: publicProcedure({
    cost: 1,
    scope: 'tags:read',
    rest: { method: 'GET', path: '/tags/{slug}' },
    docs: docs.bySlug,
  })
    .input(TagBySlug)
    .output(TagView)
    .query(({ ctx, input }) => getTag(ctx, input)),
})

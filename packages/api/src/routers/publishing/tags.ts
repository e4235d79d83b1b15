import { ListTags, TagBySlug, TagPage, TagView } from '@galley/contract/publishing/tags'
import { getTag, listTags } from '@galley/publishing/tags/list'
import { describeSlice } from '../../docs.ts'
import { publicProcedure, router } from '../../trpc.ts'

const docs = describeSlice(
  {
    about: 'What articles are about.',
    fields: {
      sort: 'The most used first, or by name from A to Z.',
      query: 'Only tags that begin so.',
    },
  },
  {
    list: {
      summary: 'List tags',
      description:
        'The most used first by default, with the number of published articles that carry each.',
      examples: [
        {
          summary: 'The first ten',
          query: { limit: 10 },
          response: {
            items: [{ slug: 'gardens', articleCount: 2 }],
            page: { nextCursor: null },
          },
        },
      ],
    },
    bySlug: {
      summary: 'Read a tag',
      description: 'One that published articles carry.',
      refusals: ['tag/not-found'],
      examples: [
        {
          summary: 'By its name',
          path: { slug: 'gardens' },
          response: { slug: 'gardens', articleCount: 2 },
        },
      ],
    },
  },
)

export const tags = router({
  list: publicProcedure({
    cost: 1,
    queries: 2,
    publicRead: true,
    scope: 'tags:read',
    rest: { method: 'GET', path: '/tags' },
    docs: docs.list,
  })
    .input(ListTags.prefault({}))
    .output(TagPage)
    .query(({ ctx, input }) => listTags(ctx, input)),
  bySlug: publicProcedure({
    cost: 1,
    queries: 1,
    publicRead: true,
    scope: 'tags:read',
    rest: { method: 'GET', path: '/tags/{slug}' },
    docs: docs.bySlug,
  })
    .input(TagBySlug)
    .output(TagView)
    .query(({ ctx, input }) => getTag(ctx, input)),
})

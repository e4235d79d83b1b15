import { FollowTag, ListTagFollows, TagFollowView } from '@galley/contract/publishing/engagement'
import { TagPage } from '@galley/contract/publishing/tags'
import {
  createTagFollow,
  deleteTagFollow,
  getTagFollow,
} from '@galley/publishing/tag-follows/change'
import { listTagFollows } from '@galley/publishing/tag-follows/list'
import { describeSlice, describeSwitch } from '../../docs.ts'
import { authedProcedure, router } from '../../trpc.ts'

const docs = describeSlice(
  {
    about: 'Tags of whose new articles the caller is told.',
    fields: { slug: 'The name of the tag.', sort: 'By when you began to follow them.' },
  },
  {
    list: {
      summary: 'List the tags that you follow',
      description: 'Last added first by default.',
      examples: [
        {
          summary: 'All of them',
          response: { items: [{ slug: 'gardens', articleCount: 2 }], page: { nextCursor: null } },
        },
      ],
    },
    get: {
      summary: 'Ask whether you follow a tag',
      description: 'One that published articles carry.',
      refusals: ['tag/not-found'],
      examples: [
        {
          summary: 'By its name',
          path: { slug: 'gardens' },
          response: { slug: 'gardens', following: true, followerCount: 1 },
        },
      ],
    },
    ...describeSwitch({
      on: 'Follow a tag',
      off: 'Follow a tag no more',
      refusals: ['tag/not-found'],
      example: {
        summary: 'By its name',
        path: { slug: 'gardens' },
        response: { slug: 'gardens', following: true, followerCount: 1 },
      },
    }),
  },
)

export const tagFollows = router({
  list: authedProcedure({
    cost: 1,
    queries: 2,
    scope: 'tags:read',
    rest: { method: 'GET', path: '/me/followed-tags' },
    docs: docs.list,
  })
    .input(ListTagFollows.prefault({}))
    .output(TagPage)
    .query(({ ctx, input }) => listTagFollows(ctx, input)),
  get: authedProcedure({
    cost: 1,
    queries: 1,
    scope: 'tags:read',
    rest: { method: 'GET', path: '/me/followed-tags/{slug}' },
    docs: docs.get,
  })
    .input(FollowTag)
    .output(TagFollowView)
    .query(({ ctx, input }) => getTagFollow(ctx, input)),
  create: authedProcedure({
    cost: 2,
    queries: 1,
    scope: 'follows:write',
    rest: { method: 'PUT', path: '/me/followed-tags/{slug}' },
    docs: docs.create,
  })
    .input(FollowTag)
    .output(TagFollowView)
    .mutation(({ ctx, input }) => createTagFollow(ctx, input)),
  delete: authedProcedure({
    cost: 2,
    queries: 1,
    scope: 'follows:write',
    rest: { method: 'DELETE', path: '/me/followed-tags/{slug}', status: 204 },
    docs: docs.delete,
  })
    .input(FollowTag)
    .output(TagFollowView)
    .mutation(({ ctx, input }) => deleteTagFollow(ctx, input)),
})

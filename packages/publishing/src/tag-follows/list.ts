import type { Page } from '@galley/contract/primitives'
import type { ListTagFollows } from '@galley/contract/publishing/engagement'
import type { TagView } from '@galley/contract/publishing/tags'
import { tagFollows, tags } from '@galley/db/schema'
import { countListed } from '@galley/platform/count-listed'
import {
  byId,
  byTime,
  comesAfter,
  inOrder,
  listSorted,
  type Order,
  reversed,
} from '@galley/platform/order'
import { and, eq } from 'drizzle-orm'
import type { AuthedCtx } from '../ctx.ts'

/** The tags that the caller follows, last added first, also those that no published article carries at present. */
export function listTagFollows(ctx: AuthedCtx, input: ListTagFollows): Promise<Page<TagView>> {
  const isOwn = eq(tagFollows.userId, ctx.actor.user.id)
  return listSorted(input, {
    orders: { newest: reversed(oldest), oldest },
    byDefault: 'newest',
    find: ({ order, after, offset, limit }) =>
      ctx.db
        .select({
          slug: tags.slug,
          articleCount: tags.articleCount,
          tagId: tagFollows.tagId,
          createdAt: tagFollows.createdAt,
        })
        .from(tagFollows)
        .innerJoin(tags, eq(tags.id, tagFollows.tagId))
        .where(and(isOwn, comesAfter(order, after)))
        .orderBy(...inOrder(order))
        .offset(offset)
        .limit(limit),
    count: () => countListed(ctx.db, tagFollows, isOwn),
    toItem: ({ slug, articleCount }) => ({ slug, articleCount }),
  })
}

const oldest: Order<{ tagId: string; createdAt: Date }> = [
  byTime(tagFollows.createdAt, (row) => row.createdAt),
  byId(tagFollows.tagId, (row) => row.tagId),
]

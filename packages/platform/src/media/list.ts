import type {
  HeldMedia,
  HeldMediaOrder,
  ListHeldMedia,
  ListMedia,
  MediaOrder,
  MediaView,
} from '@galley/contract/platform/media'
import type { Page } from '@galley/contract/primitives'
import { media, users } from '@galley/db/schema'
import { and, eq, inArray, ne, not, or, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { AuthedCtx, SessionCtx } from '../ctx.ts'
import { countListed } from '../count-listed.ts'
import {
  byId,
  byName,
  byNumber,
  byTime,
  comesAfter,
  inOrder,
  listSorted,
  type Order,
  type Orders,
  reversed,
} from '../order.ts'
import { contains } from '../rows.ts'
import { bylineColumns, toByline } from '../users/queries.ts'
import { isUsed, mediaColumns, type MediaRow } from './queries.ts'
import { toMediaView } from './view.ts'

/** The caller's own files. */
export function listMedia(ctx: AuthedCtx, input: ListMedia): Promise<Page<MediaView>> {
  const isWanted = and(eq(media.ownerId, ctx.actor.user.id), passes(input))
  return listSorted(input, {
    orders,
    byDefault: 'newest',
    find: ({ order, after, offset, limit }) =>
      ctx.db
        .select(mediaColumns)
        .from(media)
        .where(and(isWanted, comesAfter(order, after)))
        .orderBy(...inOrder(order))
        .offset(offset)
        .limit(limit),
    count: () => countListed(ctx.db, media, isWanted),
    toItem: toMediaView,
  })
}

function passes({ query, kind, state, used }: ListMedia): SQL | undefined {
  return and(
    query === undefined
      ? undefined
      : or(...[media.fileName, media.alt, media.caption].map((text) => contains(text, query))),
    kind && eq(media.kind, kind),
    state && eq(media.state, state),
    used === undefined ? undefined : used ? isUsed : not(isUsed),
  )
}

const id = byId(media.id, (row: MediaRow) => row.id)
const oldest: Order<MediaRow> = [byTime(media.createdAt, (row) => row.createdAt), id]
const smallest: Order<MediaRow> = [byNumber(media.bytes, (row) => row.bytes), id]
const name: Order<MediaRow> = [byName(media.fileName, (row) => row.fileName, 255), id]
const updated: Order<MediaRow> = [byTime(media.updatedAt, (row) => row.updatedAt), id]

const orders: Orders<z.output<typeof MediaOrder>, MediaRow> = {
  newest: reversed(oldest),
  oldest,
  largest: reversed(smallest),
  smallest,
  name,
  '-name': reversed(name),
}

const heldOrders: Orders<z.output<typeof HeldMediaOrder>, MediaRow> = {
  updated: reversed(updated),
  '-updated': updated,
}

/** Files of anybody that are not ready, for admins. */
export function listHeldMedia(ctx: SessionCtx, input: ListHeldMedia): Promise<Page<HeldMedia>> {
  const { state, owner } = input
  const isWanted = and(
    state ? eq(media.state, state) : ne(media.state, 'ready'),
    owner === undefined
      ? undefined
      : inArray(
          media.ownerId,
          ctx.db.select({ id: users.id }).from(users).where(eq(users.username, owner)),
        ),
  )
  return listSorted(input, {
    orders: heldOrders,
    byDefault: 'updated',
    find: ({ order, after, offset, limit }) =>
      ctx.db
        .select({
          ...mediaColumns,
          owner: bylineColumns,
        })
        .from(media)
        .innerJoin(users, eq(users.id, media.ownerId))
        .where(and(isWanted, comesAfter(order, after)))
        .orderBy(...inOrder(order))
        .offset(offset)
        .limit(limit),
    count: () => countListed(ctx.db, media, isWanted),
    toItem: ({ owner, ...row }) => ({
      ...toMediaView(row),
      owner: toByline(owner),
      detail: row.detail,
      updatedAt: row.updatedAt.toISOString(),
    }),
  })
}

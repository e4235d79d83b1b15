import type {
  ListMediaUses,
  MediaById,
  MediaUse,
  MediaUseOrder,
  MediaView,
  Picture,
} from '@galley/contract/platform/media'
import type { Page } from '@galley/contract/primitives'
import type { Queryable, Tx } from '@galley/db/client'
import { media, mediaUses } from '@galley/db/schema'
import { and, eq, inArray, sql, type SQLWrapper } from 'drizzle-orm'
import type { z } from 'zod'
import type { AuthedCtx } from '../ctx.ts'
import { authorize } from '../errors.ts'
import { countListed } from '../count-listed.ts'
import {
  byId,
  byTime,
  comesAfter,
  inOrder,
  listSorted,
  type Order,
  type Orders,
  reversed,
} from '../order.ts'
import { canSeeMedia } from './policy.ts'
import { getMediaRow, type MediaRow } from './queries.ts'
import { isKnownUse, lockUsable, maySee, type MediaUser, type MediaViewer } from './uses.ts'
import { toMediaView, toPicture } from './view.ts'

/** A file of one's own; admins see those of others too. */
export async function getMedia(ctx: AuthedCtx, { id }: MediaById): Promise<MediaView> {
  const row = await getMediaRow(ctx.db, id)
  authorize(canSeeMedia(ctx.actor, row))
  return toMediaView(row)
}

type UseRow = typeof mediaUses.$inferSelect

const oldest: Order<UseRow> = [
  byTime(mediaUses.createdAt, (row) => row.createdAt),
  byId(mediaUses.subjectId, (row) => row.subjectId),
]

const useOrders: Orders<z.output<typeof MediaUseOrder>, UseRow> = {
  newest: reversed(oldest),
  oldest,
}

/** Where a file is used; what others use it in, and the caller may not see, is only in the total. */
export async function listMediaUses(ctx: AuthedCtx, input: ListMediaUses): Promise<Page<MediaUse>> {
  const row = await getMediaRow(ctx.db, input.id)
  authorize(canSeeMedia(ctx.actor, row))
  const isOfFile = eq(mediaUses.mediaId, input.id)
  return listSorted(input, {
    orders: useOrders,
    byDefault: 'newest',
    find: ({ order, after, offset, limit }) =>
      ctx.db
        .select()
        .from(mediaUses)
        .where(and(isOfFile, isKnownUse(ctx.actor), comesAfter(order, after)))
        .orderBy(...inOrder(order))
        .offset(offset)
        .limit(limit),
    count: () => countListed(ctx.db, mediaUses, isOfFile),
    toItem: ({ subjectKind, subjectId, title, isPublic }) => ({
      subject: { kind: subjectKind, id: subjectId, title },
      isPublic,
    }),
  })
}

/** Those of the pictures that are ready and may be shown. */
export async function findPictures(
  db: Queryable,
  ids: readonly string[],
  by: MediaViewer,
): Promise<Picture[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select()
    .from(media)
    .where(and(inArray(media.id, [...ids]), maySee(by)))
  return toPictures(rows)
}

/**
 * Those of the pictures that nothing is said of in the library, not even that they are decorative. All of them are locked against
 * change until the transaction ends.
 */
export async function findUndescribed(
  tx: Tx,
  ids: readonly string[],
  by: MediaUser,
): Promise<Pick<MediaRow, 'id' | 'fileName'>[]> {
  const rows = await lockUsable(tx, ids, by)
  return rows.filter((row) => row.kind === 'image' && row.alt === '' && !row.decorative)
}

export const toPictures = (rows: MediaRow[]): Picture[] =>
  rows.flatMap((row) => toPicture({ ...row, names: row.variants.map(({ name }) => name) }) ?? [])

/** What shows the picture with this id, in a statement about something else; null for none, or one that is not ready. */
export const pictureOf = (id: SQLWrapper) => sql<PictureColumns | null>`(select jsonb_build_object(
    'id', ${media.id}, 'kind', ${media.kind}, 'state', ${media.state}, 'alt', ${media.alt},
    'decorative', ${media.decorative}, 'caption', ${media.caption}, 'width', ${media.width},
    'height', ${media.height}, 'thumbhash', ${media.thumbhash},
    'names', jsonb_path_query_array(${media.variants}, '$[*].name'))
  from ${media} where ${media.id} = ${id} and ${media.state} = 'ready')`

export type PictureColumns = Parameters<typeof toPicture>[0]

export { toPicture } from './view.ts'

import type { Picture } from '@galley/contract/platform/media'
import type { Queryable } from '@galley/db/client'
import { media } from '@galley/db/schema'
import { and, eq, inArray, sql, type SQLWrapper } from 'drizzle-orm'
import type { MediaRow } from './queries.ts'
import { mayUse, type MediaUser } from './uses.ts'
import { toPicture } from './view.ts'

/** Those of the pictures that are ready and may be shown. */
export async function findPictures(
  db: Queryable,
  ids: readonly string[],
  by: MediaUser,
): Promise<Picture[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select()
    .from(media)
    .where(and(inArray(media.id, [...ids]), mayUse(by)))
  return toPictures(rows)
}

/** Those of the pictures that nothing is said of in the library, not even that they are decorative. */
export async function findUndescribed(
  db: Queryable,
  ids: readonly string[],
  by: MediaUser,
): Promise<Pick<MediaRow, 'id' | 'fileName'>[]> {
  return db
    .select({ id: media.id, fileName: media.fileName })
    .from(media)
    .where(
      and(
        inArray(media.id, [...ids]),
        mayUse(by),
        eq(media.kind, 'image'),
        eq(media.alt, ''),
        eq(media.decorative, false),
      ),
    )
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

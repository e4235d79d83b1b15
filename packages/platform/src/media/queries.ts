import type { Queryable, Tx } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { media, mediaUses } from '@galley/db/schema'
import { eq, getTableColumns, sql } from 'drizzle-orm'
import { AppError } from '../errors.ts'

export type MediaRow = typeof media.$inferSelect

export const isUsed = sql<boolean>`exists (select 1 from ${mediaUses} where ${mediaUses.mediaId} = ${media.id})`

const useCount = sql<number>`(select count(*)::int from ${mediaUses} where ${mediaUses.mediaId} = ${media.id})`

/** Everything of a file, with how often it is used. */
export const mediaColumns = { ...getTableColumns(media), useCount }

export type ListedRow = MediaRow & { useCount: number }

/** Throws `media/not-found`. */
export async function getMediaRow(db: Queryable, id: string): Promise<ListedRow> {
  const [row] = await db.select(mediaColumns).from(media).where(eq(media.id, id))
  if (!row) throw new AppError('media/not-found')
  return row
}

/** The same, locked until the transaction ends. */
export async function getMediaForUpdate(tx: Tx, id: string): Promise<MediaRow> {
  const [row] = await tx.select().from(media).where(eq(media.id, id)).for('update')
  if (!row) throw new AppError('media/not-found')
  return row
}

const served = prepared((db) =>
  db
    .select({
      ownerId: media.ownerId,
      kind: media.kind,
      state: media.state,
      fileName: media.fileName,
      storagePrefix: media.storagePrefix,
      variants: media.variants,
      isUsed,
      isPublic: sql<boolean>`exists (select 1 from ${mediaUses}
        where ${mediaUses.mediaId} = ${media.id} and ${mediaUses.isPublic})`,
      isShown: sql<boolean>`exists (select 1 from ${mediaUses} where ${mediaUses.mediaId} = ${media.id}
        and (${mediaUses.shownUntil} > ${sql.placeholder('now')}::timestamptz
          or ${sql.placeholder('viewer')}::uuid = any(${mediaUses.readerIds})))`,
    })
    .from(media)
    .where(eq(media.id, sql.placeholder('id')))
    .prepare('media_served'),
)

/** What serving a file has to know. */
export async function findServed(
  db: Queryable,
  { id, viewer, now }: { id: string; viewer: string | null; now: Date },
) {
  const [row] = await served(db).execute({ id, viewer, now: now.toISOString() })
  return row ?? null
}

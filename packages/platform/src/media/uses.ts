import type { Queryable, Tx } from '@galley/db/client'
import { media, mediaUses } from '@galley/db/schema'
import { and, eq, inArray, notInArray, or, type SQL, sql } from 'drizzle-orm'
import { isEditor } from '../actor.ts'
import { viewerId, type Actor, type Ctx } from '../ctx.ts'
import type { MediaRow } from './queries.ts'

/** What uses files: `title` is what it is called in the list of a file's uses. */
export type MediaSubject = { kind: string; id: string; title: string; isPublic: boolean }

/**
 * Writes down which files something uses, in the transaction that writes it, in the place of those that it used before: as
 * far as they belong to `ownerIds`, since a use makes a file public. Returns them, locked against change until the
 * transaction ends.
 */
export async function setMediaUses(
  ctx: Ctx,
  tx: Tx,
  { kind, id, title, isPublic }: MediaSubject,
  { mediaIds, ownerIds }: { mediaIds: readonly string[]; ownerIds: readonly string[] },
): Promise<MediaRow[]> {
  const usable = await lockUsable(tx, mediaIds, { ownerIds, usedBy: id })
  const usedIds = usable.map((row) => row.id)
  const ofSubject = and(eq(mediaUses.subjectKind, kind), eq(mediaUses.subjectId, id))
  const gone = await tx
    .delete(mediaUses)
    .where(and(ofSubject, notInArray(mediaUses.mediaId, usedIds)))
    .returning({ mediaId: mediaUses.mediaId })
  if (gone.length > 0) {
    // From now on it counts as unused, where nothing else uses it.
    const goneIds = gone.map(({ mediaId }) => mediaId).toSorted()
    await tx.update(media).set({ updatedAt: ctx.now() }).where(inArray(media.id, goneIds))
  }
  if (usedIds.length > 0) {
    await tx
      .insert(mediaUses)
      .values(
        usedIds.map((mediaId) => ({
          mediaId,
          subjectKind: kind,
          subjectId: id,
          title,
          isPublic,
          createdAt: ctx.now(),
        })),
      )
      .onConflictDoUpdate({
        target: [mediaUses.mediaId, mediaUses.subjectKind, mediaUses.subjectId],
        set: { title, isPublic },
      })
  }
  return usable
}

type Moved = {
  from: string
  to: string
  /** Who is shown the files there, unless the new kind says so itself. */
  readerIds: string[]
}

/**
 * Has a subject of another kind with the same id use the files instead of the first, also those of other people, and not in public.
 * They are locked against deletion first, as where they are used.
 */
export async function moveMediaUses(
  tx: Tx,
  id: string,
  { from, to, readerIds }: Moved,
): Promise<void> {
  const isFrom = and(eq(mediaUses.subjectKind, from), eq(mediaUses.subjectId, id))
  const used = tx.select({ id: mediaUses.mediaId }).from(mediaUses).where(isFrom)
  const locked = await tx
    .select({ id: media.id })
    .from(media)
    .where(inArray(media.id, used))
    .orderBy(media.id)
    .for('key share')
  if (locked.length === 0) return
  const moved = await tx.delete(mediaUses).where(isFrom).returning()
  if (moved.length === 0) return
  const changed = { subjectKind: to, isPublic: false, readerIds, shownUntil: null }
  await tx.insert(mediaUses).values(moved.map((use) => ({ ...use, ...changed })))
}

/** Uses of which somebody may know: whose files everybody sees there, or they do. Editors may see all that is written. */
export const isKnownUse = (actor: Actor): SQL | undefined =>
  isEditor(actor)
    ? undefined
    : or(mediaUses.isPublic, sql`${viewerId(actor)}::uuid = any(${mediaUses.readerIds})`)

/** Those of the files that may be used, locked in one order everywhere: two writers cannot wait for each other. */
export async function lockUsable(
  tx: Tx,
  ids: readonly string[],
  by: MediaUser,
): Promise<MediaRow[]> {
  if (ids.length === 0) return []
  return tx
    .select()
    .from(media)
    .where(and(inArray(media.id, [...ids]), mayUse(by)))
    .orderBy(media.id)
    .for('share')
}

/** Whether a file is there, and may be used. */
export const mayUseMedia = async (db: Queryable, id: string, by: MediaUser): Promise<boolean> =>
  (await db.$count(media, and(eq(media.id, id), mayUse(by)))) > 0

/** Who uses files. */
export type MediaUser = {
  /** Whose files may be used. */
  ownerIds: readonly string[]
  /** The id of what uses some already: those it may go on using. */
  usedBy?: string
}

/** The condition of the files that may be used; what everybody sees already, everybody may use. */
const mayUse = ({ ownerIds, usedBy }: MediaUser) =>
  or(
    inArray(media.ownerId, [...ownerIds]),
    isUsedWhere(sql`${mediaUses.isPublic} or ${mediaUses.subjectId} = ${usedBy ?? null}::uuid`),
  )

/** For whom files are looked up that are shown to them alone. */
export type MediaViewer = MediaUser & {
  /** A person to whom something shows files of others: no right to use them elsewhere. */
  readerId?: string
  /** Whether whatever is used anywhere may be shown: to editors. */
  anyUsed?: boolean
}

/** The condition of the files that may be shown. */
export const maySee = ({ readerId, anyUsed = false, ...by }: MediaViewer) =>
  or(
    mayUse(by),
    isUsedWhere(
      sql`${anyUsed}::boolean or ${readerId ?? null}::uuid = any(${mediaUses.readerIds})`,
    ),
  )

const isUsedWhere = (condition: SQL) =>
  sql`exists (select 1 from ${mediaUses} where ${mediaUses.mediaId} = ${media.id} and (${condition}))`

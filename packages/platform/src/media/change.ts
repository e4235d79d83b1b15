import type { DeleteMedia, MediaView, UpdateMedia } from '@galley/contract/platform/media'
import type { Deleted } from '@galley/contract/primitives'
import type { Tx } from '@galley/db/client'
import { media, mediaUses } from '@galley/db/schema'
import { and, asc, eq, notInArray } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type AuthedCtx, type Ctx } from '../ctx.ts'
import { AppError, authorize } from '../errors.ts'
import { emit } from '../events/emit.ts'
import { canManageMedia } from './policy.ts'
import { getMediaForUpdate, getMediaRow, type MediaRow } from './queries.ts'
import { giveBack } from './quota.ts'
import { enqueueRemoval, keysOf } from './remove.ts'
import { isKnownUse } from './uses.ts'
import { toMediaView } from './view.ts'

/**
 * Changes what is said of a file. Where it is used, the new text shows from then on. Throws `media/alt-missing` where a picture that
 * everybody sees would say nothing any more to who cannot see it.
 */
export function updateMedia(ctx: AuthedCtx, input: UpdateMedia): Promise<MediaView> {
  const { id, ...fields } = input
  return transact(ctx, async (tx) => {
    const row = await getMediaForUpdate(tx, id)
    authorize(canManageMedia(ctx.actor, row))
    const isChanged =
      (fields.alt ?? row.alt) !== row.alt ||
      (fields.caption ?? row.caption) !== row.caption ||
      (fields.decorative ?? row.decorative) !== row.decorative
    if (isChanged) {
      if (isDescribed(row) && !isDescribed({ ...row, ...fields })) await refuseInPublic(tx, id)
      await tx
        .update(media)
        .set({ ...fields, updatedAt: ctx.now() })
        .where(eq(media.id, id))
      await recordAudit(ctx, tx, {
        action: 'media.updated',
        target: { type: 'media', id },
        before: { ownerId: row.ownerId, fileName: row.fileName, ...saidOf(row) },
        after: saidOf({ ...row, ...fields }),
      })
      await emit(ctx, tx, 'media.updated', { mediaId: id })
    }
    return toMediaView(await getMediaRow(tx, id))
  })
}

const saidOf = ({ alt, decorative, caption }: Pick<MediaRow, 'alt' | 'decorative' | 'caption'>) => {
  return { alt, decorative, caption }
}

const isDescribed = ({ kind, alt, decorative }: Pick<MediaRow, 'kind' | 'alt' | 'decorative'>) =>
  kind !== 'image' || decorative || alt !== ''

/** Of many places a refusal names so many; `media.uses` lists all. */
const MOST_NAMED = 10

/** The pictures of a person and of the site stand beside a name, which says who they show. */
const NAMED = ['user', 'site']

/** The file is locked: what would show it to everybody waits until this has ended, and looks at it then. */
async function refuseInPublic(tx: Tx, id: string): Promise<void> {
  const uses = await tx
    .select({ title: mediaUses.title })
    .from(mediaUses)
    .where(
      and(
        eq(mediaUses.mediaId, id),
        eq(mediaUses.isPublic, true),
        notInArray(mediaUses.subjectKind, NAMED),
      ),
    )
    .orderBy(asc(mediaUses.createdAt))
    .limit(MOST_NAMED)
  if (uses.length === 0) return
  const fields = uses.map(({ title }) => ({
    path: 'alt',
    message: `Everybody sees it in: ${title}`,
  }))
  throw new AppError('media/alt-missing', { fields })
}

/** Deletes a file; one in use only by `force`, or it throws `media/in-use` with the first uses that the caller may know of. */
export function deleteMedia(ctx: AuthedCtx, { id, force }: DeleteMedia): Promise<Deleted> {
  return transact(ctx, async (tx) => {
    const row = await getMediaForUpdate(tx, id)
    authorize(canManageMedia(ctx.actor, row))
    const uses = await tx.select().from(mediaUses).where(eq(mediaUses.mediaId, id))
    if (uses.length > 0 && !force) throw await inUse(ctx, tx, row)
    await removeMedia(ctx, tx, row)
    await recordAudit(ctx, tx, {
      action: 'media.deleted',
      target: { type: 'media', id },
      before: { ownerId: row.ownerId, fileName: row.fileName, uses: uses.length },
    })
    const subjects = uses.map((use) => ({ kind: use.subjectKind, id: use.subjectId }))
    await emit(ctx, tx, 'media.deleted', { mediaId: id, subjects })
    return { id }
  })
}

async function inUse({ actor }: AuthedCtx, tx: Tx, { id }: MediaRow): Promise<AppError> {
  const uses = await tx
    .select({ title: mediaUses.title })
    .from(mediaUses)
    .where(and(eq(mediaUses.mediaId, id), isKnownUse(actor)))
    .orderBy(asc(mediaUses.createdAt))
    .limit(MOST_NAMED)
  const fields = uses.map(({ title }) => ({ path: 'id', message: `Used in: ${title}` }))
  return new AppError('media/in-use', { fields })
}

/** Ends a locked file: its row and its room now, its objects by a job. */
export async function removeMedia(ctx: Ctx, tx: Tx, row: MediaRow): Promise<void> {
  await tx.delete(media).where(eq(media.id, row.id))
  if (row.state !== 'refused') await giveBack(tx, row.ownerId, row.bytes)
  const isAtWork = row.state !== 'ready' && row.state !== 'refused'
  await enqueueRemoval(ctx, tx, { ...row, isAtWork }, keysOf(row))
}

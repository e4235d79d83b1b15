import type { MediaQuota } from '@galley/contract/platform/media'
import { MediaType } from '@galley/contract/platform/media'
import type { Queryable, Tx } from '@galley/db/client'
import { media, mediaUsage } from '@galley/db/schema'
import { eq, sql } from 'drizzle-orm'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'

type Reservation = Pick<
  typeof media.$inferInsert,
  'kind' | 'mime' | 'fileName' | 'alt' | 'decorative' | 'caption'
> & { id: string; ownerId: string; bytes: number; storagePrefix: string }

/**
 * Takes room for a file before its bytes arrive. In one statement, which locks what the person has used: uploads at once
 * cannot pass the quota together. Throws `media/quota-exceeded`.
 */
export async function reserveMedia(ctx: Ctx, file: Reservation): Promise<void> {
  const { ownerId, bytes } = file
  const { quotaBytes } = ctx.mediaLimits
  const rows = await ctx.db.execute(sql`
    with taken as (
      insert into ${mediaUsage} as known (owner_id, bytes)
      select ${ownerId}::uuid, ${bytes}::bigint where ${bytes}::bigint <= ${quotaBytes}::bigint
      on conflict (owner_id) do update set bytes = known.bytes + excluded.bytes
      where known.bytes + excluded.bytes <= ${quotaBytes}::bigint
      returning owner_id
    )
    insert into ${media}
      (id, owner_id, kind, mime, file_name, bytes, alt, decorative, caption, storage_prefix, created_at, updated_at)
    select ${file.id}::uuid, owner_id, ${file.kind}, ${file.mime}, ${file.fileName}, ${bytes}::bigint,
      ${file.alt ?? ''}, ${file.decorative ?? false}::boolean, ${file.caption ?? ''}, ${file.storagePrefix},
      ${ctx.now().toISOString()}::timestamptz, ${ctx.now().toISOString()}::timestamptz
    from taken returning id`)
  if (rows.length === 0) throw new AppError('media/quota-exceeded')
}

/** Gives room back, or takes more of it where `bytes` is negative: what arrived is never more than what was reserved. */
export async function giveBack(tx: Tx, ownerId: string, bytes: number): Promise<void> {
  if (bytes === 0) return
  await tx
    .update(mediaUsage)
    .set({ bytes: sql`${mediaUsage.bytes} - ${bytes}::bigint` })
    .where(eq(mediaUsage.ownerId, ownerId))
}

/** What the caller has used, and what they may still upload. */
export async function getMediaQuota(ctx: AuthedCtx): Promise<MediaQuota> {
  const { maxFileBytes, quotaBytes } = ctx.mediaLimits
  return {
    usedBytes: await usedBytes(ctx.db, ctx.actor.user.id),
    limitBytes: quotaBytes,
    maxFileBytes,
    types: [...MediaType.options],
    directUpload: ctx.storage.presignPut !== undefined,
  }
}

/** How much a person may still upload. Not taken: that is for `reserveMedia`. */
export const roomLeft = async (ctx: Ctx, ownerId: string): Promise<number> =>
  Math.max(0, ctx.mediaLimits.quotaBytes - (await usedBytes(ctx.db, ownerId)))

async function usedBytes(db: Queryable, ownerId: string): Promise<number> {
  const [row] = await db
    .select({ bytes: mediaUsage.bytes })
    .from(mediaUsage)
    .where(eq(mediaUsage.ownerId, ownerId))
  return row?.bytes ?? 0
}

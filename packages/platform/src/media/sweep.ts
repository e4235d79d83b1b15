import { media } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { and, between, eq, gt, inArray, lt, not, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { transact, type Ctx } from '../ctx.ts'
import { removeMedia } from './change.ts'
import { isUsed } from './queries.ts'
import { MEDIA_PREFIX, UPLOAD_MS } from './remove.ts'
import { NIGHTLY, UNUSED_MS } from './retention.ts'

export const sweepMedia: JobDefinition<Record<string, never>> = {
  name: 'media.sweep',
  payload: z.strictObject({}),
  cron: '50 * * * *',
  timeoutSeconds: 10 * 60,
}

/** Looks through all files, so by night. */
export const sweepUnusedMedia: JobDefinition<Record<string, never>> = {
  name: 'media.sweep-unused',
  payload: z.strictObject({}),
  cron: NIGHTLY,
  timeoutSeconds: 60 * 60,
}

const BATCH = 100
const PAGE = 1_000

const before = (ctx: Ctx, ms: number) => new Date(ctx.now().getTime() - ms)

/** Removes uploads that broke off, and refused files after 30 days; of the storage, what broken writes left. */
export async function deleteOrphans(ctx: Ctx): Promise<void> {
  // Written out, since the index of what is held is of these states alone.
  const isHeld = sql`${media.state} <> 'ready'`
  const brokeOff = and(eq(media.state, 'uploading'), lt(media.updatedAt, before(ctx, UPLOAD_MS)))
  const refused = and(eq(media.state, 'refused'), isUnused(ctx))
  const isOver = and(isHeld, lt(media.updatedAt, before(ctx, UPLOAD_MS)), or(brokeOff, refused))
  let removed = 0
  for (let count = BATCH; count === BATCH; removed += count) count = await remove(ctx, isOver)
  // Not every store can list what is left of uploads.
  const swept = await ctx.storage
    .sweep({ prefix: MEDIA_PREFIX, before: before(ctx, UPLOAD_MS) })
    .catch((error: unknown) => ctx.log.warn({ err: error }, 'the storage is not swept'))
  ctx.log.info({ removed, swept: swept ?? 0 }, 'broken uploads removed')
}

/** Removes files that nothing has used for 30 days. Reads all there are, a thousand at a time. */
export async function deleteUnused(ctx: Ctx): Promise<void> {
  const isOver = and(eq(media.state, 'ready'), isUnused(ctx))
  let removed = 0
  let after: string | undefined
  for (;;) {
    const page = await ctx.db
      .select({ id: media.id })
      .from(media)
      .where(after === undefined ? undefined : gt(media.id, after))
      .orderBy(media.id)
      .limit(PAGE)
    const [first, last] = [page[0], page.at(-1)]
    if (!first || !last) break
    const isInPage = between(media.id, first.id, last.id)
    for (let count = BATCH; count === BATCH; removed += count) {
      count = await remove(ctx, and(isInPage, isOver))
    }
    after = last.id
  }
  ctx.log.info({ removed }, 'unused files removed')
}

const isUnused = (ctx: Ctx) => and(lt(media.updatedAt, before(ctx, UNUSED_MS)), not(isUsed))

function remove(ctx: Ctx, isOver: SQL | undefined): Promise<number> {
  return transact(ctx, async (tx) => {
    const locked = await tx
      .select({ id: media.id })
      .from(media)
      .where(isOver)
      .limit(BATCH)
      .for('update', { skipLocked: true })
    // Checked again under the lock: a use that was committed before the lock is not in the snapshot of the statement above.
    const ids = locked.map(({ id }) => id)
    const rows = await tx
      .select()
      .from(media)
      .where(and(inArray(media.id, ids), isOver))
    for (const row of rows) await removeMedia(ctx, tx, row)
    return locked.length
  })
}

import { media } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { and, eq, inArray, lt, not, or } from 'drizzle-orm'
import { z } from 'zod'
import { transact, type Ctx } from '../ctx.ts'
import { removeMedia } from './change.ts'
import { isUsed } from './queries.ts'

export const sweepMedia: JobDefinition<Record<string, never>> = {
  name: 'media.sweep',
  payload: z.strictObject({}),
  cron: '50 * * * *',
  timeoutSeconds: 10 * 60,
}

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

/** Longer than any upload may take. */
const UPLOAD_MS = HOUR_MS
/** How long a file is kept that nothing uses, and one that was refused. */
const UNUSED_DAYS = 30

const BATCH = 100

/** Removes uploads that broke off, and files that nothing has used for 30 days; of the storage, what broken writes left. */
export async function deleteOrphans(ctx: Ctx): Promise<void> {
  const swept = await ctx.storage.sweep(new Date(ctx.now().getTime() - UPLOAD_MS))
  let removed = 0
  for (;;) {
    const count = await removeBatch(ctx)
    removed += count
    if (count < BATCH) break
  }
  ctx.log.info({ removed, swept }, 'unused files removed')
}

function removeBatch(ctx: Ctx): Promise<number> {
  const before = (ms: number) => new Date(ctx.now().getTime() - ms)
  return transact(ctx, async (tx) => {
    const rows = await tx
      .select()
      .from(media)
      .where(
        or(
          and(eq(media.state, 'uploading'), lt(media.updatedAt, before(UPLOAD_MS))),
          and(
            inArray(media.state, ['ready', 'refused']),
            lt(media.updatedAt, before(UNUSED_DAYS * DAY_MS)),
            not(isUsed),
          ),
        ),
      )
      .orderBy(media.id)
      .limit(BATCH)
      .for('update', { skipLocked: true })
    for (const row of rows) await removeMedia(ctx, tx, row)
    return rows.length
  })
}

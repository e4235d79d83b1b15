import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { ErrorReason } from '@galley/contract/errors'
import type { Tx } from '@galley/db/client'
import { media } from '@galley/db/schema'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { transact, type Ctx } from '../ctx.ts'
import { emit } from '../events/emit.ts'
import { mayBeTheFile } from './failures.ts'
import type { MediaRow } from './queries.ts'
import { giveBack } from './quota.ts'
import { enqueueRemoval, keysOf, uploadKey } from './remove.ts'

/** How the work on a file ended. */
export type Outcome = { state: MediaRow['state']; reason?: string }

export const isAtWork = inArray(media.state, ['quarantined', 'processing'])

/** Counted before the work, so that what kills the process is given up in the end. */
export async function begin(ctx: Ctx, id: string): Promise<MediaRow | undefined> {
  const [row] = await ctx.db
    .update(media)
    .set({ attempts: sql`${media.attempts} + 1`, updatedAt: ctx.now() })
    .where(and(eq(media.id, id), isAtWork))
    .returning()
  return row
}

/** Whether the file is still there: its owner may have deleted it meanwhile. */
export async function write(
  ctx: Ctx,
  { id }: MediaRow,
  change: Partial<typeof media.$inferInsert>,
): Promise<boolean> {
  const rows = await ctx.db
    .update(media)
    .set({ ...change, updatedAt: ctx.now() })
    .where(and(eq(media.id, id), isAtWork))
    .returning({ id: media.id })
  return rows.length > 0
}

/**
 * Whether another run of the same work has made the file ready: one that counted as lost may go on beside the one in its place.
 * Its objects are at the same keys, and stay.
 */
const isReady = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.$count(media, and(eq(media.id, id), eq(media.state, 'ready')))) > 0

type Ready = Pick<MediaRow, 'variants' | 'thumbhash'> &
  Partial<Pick<MediaRow, 'width' | 'height' | 'frames'>>

/** What was made is served from now on; what was uploaded is no longer needed. */
export function finish(ctx: Ctx, row: MediaRow, made: Ready): Promise<Outcome> {
  const { id, storagePrefix } = row
  return transact(ctx, async (tx) => {
    const change = { ...made, state: 'ready', reason: null, detail: '', jobId: null } as const
    const isThere = await write({ ...ctx, db: tx }, row, change)
    if (!isThere && (await isReady(tx, id))) return { state: 'ready' }
    const keys = isThere ? [uploadKey(storagePrefix)] : keysOf({ ...row, ...made })
    await enqueueRemoval(ctx, tx, row, keys)
    if (isThere) await emit(ctx, tx, 'media.ready', { mediaId: id })
    return { state: isThere ? 'ready' : row.state }
  })
}

/** Nothing of it stays but the reason, for its owner and for admins; its room is free again. */
export function refuse(
  ctx: Ctx,
  row: MediaRow,
  reason: ErrorReason,
  detail = '',
): Promise<Outcome> {
  return transact(ctx, async (tx) => {
    const change = { state: 'refused', reason, detail: detail.slice(0, 500), jobId: null } as const
    if (await write({ ...ctx, db: tx }, row, { ...change, variants: [] })) {
      await giveBack(tx, row.ownerId, row.bytes)
    } else if (await isReady(tx, row.id)) {
      return { state: 'ready' }
    }
    await enqueueRemoval(ctx, tx, row, keysOf(row))
    return { state: 'refused', reason }
  })
}

/** Leaves it where it is. What may be the fault of the file counts; after the rest it begins anew. */
export async function holdBack(
  ctx: Ctx,
  row: MediaRow,
  reason: ErrorReason,
  error: unknown,
): Promise<Outcome> {
  ctx.log.warn({ err: error, mediaId: row.id, reason }, 'a file waits')
  const counts = mayBeTheFile(error)
  const detail = detailOf(error).slice(0, 500)
  await write(ctx, row, { reason, detail, ...(!counts && { attempts: 0 }) })
  return { state: row.state, reason }
}

export const detailOf = (error: unknown) => (error instanceof Error ? error.message : '')

/**
 * The bytes of a file of this machine, closed when `use` ends. It is open before `use` begins: a stream that opens its file
 * later fails with an unheard 'error' when both end before that, as where a scanner is away, and takes the process with it.
 */
export async function withFile<Result>(
  file: string,
  use: (body: Readable) => Promise<Result>,
): Promise<Result> {
  const handle = await open(file)
  const body = handle.createReadStream()
  try {
    return await use(body)
  } finally {
    body.destroy()
    await handle.close()
  }
}

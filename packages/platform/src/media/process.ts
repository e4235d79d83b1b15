import { createWriteStream } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Tx } from '@galley/db/client'
import { media, type MediaVariant } from '@galley/db/schema'
import type { JobDefinition, RunningJob } from '@galley/jobs/jobs'
import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { transact, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { throwMediaError, unavailable } from './failures.ts'
import {
  begin,
  detailOf,
  finish,
  holdBack,
  isAtWork,
  type Outcome,
  refuse,
  withFile,
  write,
} from './internal.ts'
import type { MediaRow } from './queries.ts'
import { uploadKey, variantKey } from './remove.ts'

type Payload = { mediaId: string }

/** Looks at a file that has arrived: scans it, and makes its variants. */
export const processMedia: JobDefinition<Payload> = {
  name: 'media.process',
  payload: z.strictObject({ mediaId: z.uuid() }),
  timeoutSeconds: 10 * 60,
  concurrency: 1,
}

/** There is one at a time for each file. Returns its id, or null where there is one already. */
export const enqueueProcessing = (
  ctx: Ctx,
  tx: Tx,
  { id, ownerId }: Pick<MediaRow, 'id' | 'ownerId'>,
): Promise<string | null> =>
  ctx.jobs.enqueue(tx, processMedia, { mediaId: id }, { ownerId, key: id })

/** Begun so often, a file is given up: it brings down what works on it, for half an hour by now. */
const MOST_ATTEMPTS = 6

/**
 * Run again after it broke off, it begins again and writes the same. What is away for a while (scanner, storage) leaves the
 * file where it is: `resumeMedia` comes back to it. The result says how it ended.
 */
export async function runProcessing(
  ctx: Ctx,
  { mediaId }: Payload,
  job: Pick<RunningJob, 'signal' | 'progress'>,
): Promise<Outcome | void> {
  const row = await begin(ctx, mediaId)
  if (!row) return
  if (row.attempts > MOST_ATTEMPTS) {
    return refuse(ctx, row, 'media/processing-failed', row.detail)
  }
  try {
    return await lookAt(ctx, row, job)
  } catch (error) {
    const reason = unavailable(error)
    if (reason) return holdBack(ctx, row, reason, error)
    if (!(error instanceof AppError)) throw error
    const [field] = error.fields
    return refuse(ctx, row, error.reason, field?.message ?? detailOf(error.cause))
  }
}

async function lookAt(
  ctx: Ctx,
  row: MediaRow,
  { signal, progress }: Pick<RunningJob, 'signal' | 'progress'>,
): Promise<Outcome> {
  let told: Promise<void> = Promise.resolve()
  // It may fail where the owner has cancelled, and the signal says so too.
  const onProgress = (part: number) => {
    told = told
      .then(() => progress(Math.round(part * 100), 100))
      .catch((error: unknown) => ctx.log.info({ err: error }, 'progress is not told'))
  }
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'galley-media-'))
  const file = path.join(folder.path, 'upload')
  await download(ctx, row, file, signal)
  const info = await ctx.images
    .inspect(file, { declaredMime: row.mime, signal })
    .catch(throwRefusal)
  await scan(ctx, file, signal)
  const made =
    info.kind === 'pdf'
      ? { thumbhash: null, variants: [{ ...original(row, file), path: file }] }
      : await makeVariants(ctx, file, { folder: folder.path, onProgress, signal })
  const variants = made.variants.map(({ name, mime, bytes, width, height }) => {
    return { name, mime, bytes, width, height }
  })
  const planned = { state: 'processing', variants, reason: null, detail: '' } as const
  if (!(await write(ctx, row, planned))) return { state: row.state }
  for (const { path: from, ...variant } of made.variants) {
    const key = variantKey(row.storagePrefix, variant)
    const options = { contentType: variant.mime, size: variant.bytes, signal }
    await withFile(from, (body) => ctx.storage.put(key, body, options))
  }
  await told
  await progress(100, 100)
  return await finish(ctx, row, {
    variants,
    thumbhash: made.thumbhash,
    ...(info.kind !== 'pdf' && { width: info.width, height: info.height, frames: info.frames }),
  })
}

async function download(ctx: Ctx, row: MediaRow, file: string, signal: AbortSignal) {
  const object = await ctx.storage
    .get(uploadKey(row.storagePrefix), { signal })
    .catch((error: unknown) => {
      if (!isMissing(error)) throw error
      throw new AppError('media/upload-missing', { cause: error })
    })
  if (object.size !== row.bytes) {
    object.body.destroy()
    throw new AppError('media/upload-missing')
  }
  await pipeline(object.body, createWriteStream(file), { signal })
}

const isMissing = (error: unknown) => error instanceof Error && error.name === 'ObjectNotFound'

function throwRefusal(error: unknown): never {
  if (unavailable(error)) throw error
  return throwMediaError(error)
}

/** Throws `media/infected`, or what says that the scanner is away. */
async function scan(ctx: Ctx, file: string, signal: AbortSignal) {
  const verdict = await withFile(file, (body) => ctx.virusScanner.scan(body, { signal })).catch(
    (error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'TooLargeToScan') throw error
      throw new AppError('media/too-large', { cause: error })
    },
  )
  if (verdict.verdict === 'infected') {
    throw new AppError('media/infected', { cause: new Error(verdict.signature) })
  }
}

type MadeVariant = MediaVariant & { path: string }

async function makeVariants(
  ctx: Ctx,
  file: string,
  options: { folder: string; onProgress: (part: number) => void; signal: AbortSignal },
): Promise<{ thumbhash: string; variants: MadeVariant[] }> {
  const { variants, thumbhash } = await ctx.images.makeVariants(file, options).catch(throwRefusal)
  return {
    thumbhash,
    variants: variants.map(({ name, mime, width, height, size }) => {
      return { name, mime, width, height, bytes: size, path: path.join(options.folder, name) }
    }),
  }
}

const original = ({ mime, bytes }: MediaRow, file: string): MadeVariant => {
  return { name: 'original.pdf', mime, bytes, width: null, height: null, path: file }
}

/** Every minute: files that wait, or whose job was lost with its worker, are looked at again; later each time it failed. */
export const resumeMedia: JobDefinition<Record<string, never>> = {
  name: 'media.resume',
  payload: z.strictObject({}),
  cron: '* * * * *',
}

const MOST_RESUMED = 200
const IDLE_SECONDS = 45

export async function resumeWaiting(ctx: Ctx): Promise<void> {
  const now = ctx.now().toISOString()
  const idle = sql`make_interval(secs => ${IDLE_SECONDS} * power(2, greatest(${media.attempts} - 1, 0)))`
  const waiting = await ctx.db
    .select({ id: media.id, ownerId: media.ownerId })
    .from(media)
    .where(and(isAtWork, sql`${media.updatedAt} < ${now}::timestamptz - ${idle}`))
    .orderBy(media.updatedAt)
    .limit(MOST_RESUMED)
  for (const row of waiting) {
    await transact(ctx, async (tx) => {
      const jobId = await enqueueProcessing(ctx, tx, row)
      if (jobId !== null) await tx.update(media).set({ jobId }).where(eq(media.id, row.id))
    })
  }
}

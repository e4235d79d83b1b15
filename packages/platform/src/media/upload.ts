import { randomUUIDv7 } from 'node:crypto'
import {
  mediaTypes,
  type CreateUpload,
  type MediaById,
  type MediaFields,
  type MediaView,
  type PreparedUpload,
} from '@galley/contract/platform/media'
import type { Tx } from '@galley/db/client'
import { media } from '@galley/db/schema'
import type { Storage } from '@galley/storage/storage'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type AuthedCtx, type Ctx } from '../ctx.ts'
import { AppError, authorize } from '../errors.ts'
import { throwMediaError } from './failures.ts'
import { canUploadMedia } from './policy.ts'
import { enqueueProcessing } from './process.ts'
import { getMediaForUpdate, getMediaRow, type MediaRow } from './queries.ts'
import { giveBack, reserveMedia } from './quota.ts'
import { cleanFileName, newPrefix, type ReceivedMedia } from './receive.ts'
import { UPLOAD_MS, uploadKey } from './remove.ts'
import { toMediaView } from './view.ts'

/** Puts what has arrived into the caller's library; a job looks at it and makes its variants. */
export function acceptMedia(
  ctx: AuthedCtx,
  { id, bytes }: Pick<ReceivedMedia, 'id' | 'bytes'>,
  fields: MediaFields,
): Promise<MediaView> {
  return transact(ctx, (tx) => arrived(ctx, tx, { id, bytes, fields }))
}

/** How long an address for an upload holds. */
const UPLOAD_SECONDS = 15 * 60

/** Takes room for a file that the client sends to the storage itself. Throws `media/direct-upload-unsupported` where it cannot. */
export async function createUpload(ctx: AuthedCtx, input: CreateUpload): Promise<PreparedUpload> {
  authorize(canUploadMedia(ctx.actor))
  const { presignPut } = ctx.storage
  if (!presignPut) throw new AppError('media/direct-upload-unsupported')
  const { maxFileBytes } = ctx.mediaLimits
  if (input.bytes > maxFileBytes) {
    throw new AppError('media/too-large', {
      fields: [
        { path: 'bytes', message: `Must be at most ${maxFileBytes.toLocaleString('en')} bytes.` },
      ],
    })
  }
  const { mime } = input
  const id = randomUUIDv7()
  const storagePrefix = newPrefix()
  await reserveMedia(ctx, {
    ...input,
    id,
    ownerId: ctx.actor.user.id,
    kind: mediaTypes[mime],
    fileName: cleanFileName(input.fileName, mime),
    storagePrefix,
  })
  const row = await getMediaRow(ctx.db, id)
  return { media: toMediaView(row), upload: await prepare(ctx, presignPut, row) }
}

/**
 * An address for a file that has not arrived, in place of one that got lost. Throws `media/upload-over` where it has, or where the
 * upload would not end before it is swept away.
 */
export async function renewUpload(
  ctx: AuthedCtx,
  { id }: MediaById,
): Promise<PreparedUpload['upload']> {
  authorize(canUploadMedia(ctx.actor))
  const { presignPut } = ctx.storage
  if (!presignPut) throw new AppError('media/direct-upload-unsupported')
  const row = await getMediaRow(ctx.db, id)
  if (row.ownerId !== ctx.actor.user.id) throw new AppError('media/not-found')
  const isLate = ctx.now().getTime() >= row.createdAt.getTime() + UPLOAD_MS / 2
  if (isLate || row.state !== 'uploading') throw new AppError('media/upload-over')
  return prepare(ctx, presignPut, row)
}

async function prepare(
  ctx: Ctx,
  presignPut: NonNullable<Storage['presignPut']>,
  { storagePrefix, mime, bytes }: MediaRow,
): Promise<PreparedUpload['upload']> {
  const options = { contentType: mime, size: bytes, expiresSeconds: UPLOAD_SECONDS }
  const request = await presignPut(uploadKey(storagePrefix), options).catch(throwMediaError)
  const expiresAt = new Date(ctx.now().getTime() + UPLOAD_SECONDS * 1000).toISOString()
  return { ...request, expiresAt }
}

/** Says that such a file is in the storage; a job looks whether it is. Said again, it changes nothing. */
export function completeUpload(ctx: AuthedCtx, { id }: MediaById): Promise<MediaView> {
  authorize(canUploadMedia(ctx.actor))
  return transact(ctx, async (tx) => {
    const row = await getMediaForUpdate(tx, id)
    if (row.ownerId !== ctx.actor.user.id) throw new AppError('media/not-found')
    if (row.state !== 'uploading') return toMediaView(await getMediaRow(tx, id))
    return arrived(ctx, tx, { id, bytes: row.bytes, fields: {} })
  })
}

type Arrived = { id: string; bytes: number; fields: MediaFields }

async function arrived(ctx: AuthedCtx, tx: Tx, { id, bytes, fields }: Arrived): Promise<MediaView> {
  const isWaiting = and(eq(media.id, id), eq(media.state, 'uploading'))
  const [reserved] = await tx.select().from(media).where(isWaiting).for('update')
  // Swept away, since it took longer than any upload may.
  if (!reserved) throw new AppError('media/not-found')
  const { ownerId, mime, fileName } = reserved
  await giveBack(tx, ownerId, reserved.bytes - bytes)
  const jobId = await enqueueProcessing(ctx, tx, reserved)
  await tx
    .update(media)
    .set({ ...fields, state: 'quarantined', bytes, jobId, updatedAt: ctx.now() })
    .where(eq(media.id, id))
  await recordAudit(ctx, tx, {
    action: 'media.uploaded',
    target: { type: 'media', id },
    after: { mime, fileName, bytes },
  })
  return toMediaView(await getMediaRow(tx, id))
}

import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FileName, MediaType, mediaTypes } from '@galley/contract/platform/media'
import { media } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { transact, type AuthedCtx, type Ctx } from '../ctx.ts'
import { AppError, authorize } from '../errors.ts'
import { throwMediaError } from './failures.ts'
import { withFile } from './internal.ts'
import { canUploadMedia } from './policy.ts'
import { giveBack, reserveMedia, roomLeft } from './quota.ts'
import { removeObjects, uploadKey } from './remove.ts'

type IncomingFile = {
  /** As the client calls it; folders and what cannot be stored are left out. */
  fileName: string
  /** As the client declares it; the content must agree. */
  mime: string
  /** How many bytes the whole request has, where it says so. */
  length: number | undefined
  body: Readable
}

/** A file that has arrived in the storage, and belongs to nobody's library yet. Disposing of it removes one that stays so. */
export type ReceivedMedia = AsyncDisposable & {
  id: string
  fileName: string
  mime: MediaType
  bytes: number
  /** SHA-256 of its content in hex: the same file sent twice is the same request. */
  sha256: string
}

/**
 * Takes in a file: room for it first, then the bytes, never more of them in memory than a stream holds, then a look at
 * what it is. Throws what the file is refused for; then nothing of it is left.
 */
export async function receiveMedia(ctx: AuthedCtx, file: IncomingFile): Promise<ReceivedMedia> {
  authorize(canUploadMedia(ctx.actor))
  const mime = declaredType(file.mime)
  const fileName = cleanFileName(file.fileName, mime)
  const { maxFileBytes } = ctx.mediaLimits
  const id = randomUUIDv7()
  const storagePrefix = newPrefix()
  const { id: ownerId } = ctx.actor.user
  const room = await roomLeft(ctx, ownerId)
  if ((file.length ?? 0) - MOST_BESIDE > room) throw new AppError('media/quota-exceeded')
  // One of unknown length may have as much as there is room for, and what comes beside a file takes none.
  const limit = Math.min(maxFileBytes, file.length ?? Infinity, Math.max(1, room))
  const kind = mediaTypes[mime]
  await reserveMedia(ctx, { id, ownerId, kind, mime, fileName, bytes: limit, storagePrefix })
  const remove = () => removeUnfinished(ctx, id)
  try {
    const { bytes, sha256 } = await store(ctx, { ...file, mime, storagePrefix, limit })
    return { id, fileName, mime, bytes, sha256, [Symbol.asyncDispose]: remove }
  } catch (error) {
    await remove()
    throwMediaError(error)
  }
}

/** A request has no more than this beside its file: fields, their names, and the lines between them. */
const MOST_BESIDE = 64 * 1024

type Stored = Pick<IncomingFile, 'body'> & {
  mime: MediaType
  storagePrefix: string
  limit: number
}

/** By way of a file of this machine, so that the storage gets nothing that breaks off or that is refused. */
async function store(ctx: Ctx, { body, mime, storagePrefix, limit }: Stored) {
  const { signal } = ctx
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'galley-upload-'))
  const file = path.join(folder.path, 'upload')
  const counted = countingStream(limit, ctx.mediaLimits.maxFileBytes)
  await pipeline(body, counted.stream, createWriteStream(file), { ...(signal && { signal }) })
  await ctx.images.inspect(file, { declaredMime: mime, signal })
  const options = { contentType: mime, size: counted.bytes(), ...(signal && { signal }) }
  await withFile(file, (body) => ctx.storage.put(uploadKey(storagePrefix), body, options))
  return { bytes: counted.bytes(), sha256: counted.sha256() }
}

function countingStream(limit: number, most: number) {
  const hash = createHash('sha256')
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length
      if (bytes > most) return next(tooLarge(most))
      if (bytes > limit) return next(new AppError('media/quota-exceeded'))
      hash.update(chunk)
      next(null, chunk)
    },
  })
  return { stream, bytes: () => bytes, sha256: () => hash.digest('hex') }
}

const tooLarge = (most: number) =>
  new AppError('media/too-large', {
    fields: [{ path: 'file', message: `Must have at most ${most.toLocaleString('en')} bytes.` }],
  })

/** Ends what has not become part of a library; what has stays. */
async function removeUnfinished(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const [row] = await tx
      .delete(media)
      .where(and(eq(media.id, id), eq(media.state, 'uploading')))
      .returning()
    if (!row) return
    await giveBack(tx, row.ownerId, row.bytes)
    await ctx.jobs.enqueue(tx, removeObjects, { keys: [uploadKey(row.storagePrefix)] })
  })
}

export const newPrefix = () => randomBytes(16).toString('hex')

/** The declared type, where it is one that is taken; its parameters say nothing. */
export function declaredType(mime: string): MediaType {
  const [type = ''] = mime.split(';', 1)
  const wanted = type.trim().toLowerCase()
  if (wanted === 'image/svg+xml') throw new AppError('media/svg-refused')
  const known = MediaType.safeParse(wanted === 'image/jpg' ? 'image/jpeg' : wanted)
  if (!known.success) throw new AppError('media/unsupported-type')
  return known.data
}

/** The last part of a path, without what has no place in a name; `file.png` where nothing is left. */
export function cleanFileName(name: string, mime: MediaType): string {
  const base = name.slice(-1000).split(/[\\/]/).at(-1) ?? ''
  const visible = base.replaceAll(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, '').normalize('NFC')
  const short = shorten(visible.trim())
  const parsed = FileName.safeParse(short)
  return parsed.success ? parsed.data : `file.${mime.split('/')[1]}`
}

/** At most 255 characters, the end of the name kept: it says what kind of file it is. */
function shorten(name: string): string {
  const letters = Array.from(name)
  if (letters.length <= 255) return name
  const extension = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? ''
  return letters.slice(0, 255 - extension.length).join('') + extension
}

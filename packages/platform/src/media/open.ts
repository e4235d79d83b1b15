import type { MediaKind } from '@galley/contract/platform/media'
import type { ByteRange, StoredObject } from '@galley/storage/storage'
import { viewerId, type Ctx } from '../ctx.ts'
import { AppError, authorize } from '../errors.ts'
import { throwMediaError } from './failures.ts'
import { canReadMedia } from './policy.ts'
import { findServed } from './queries.ts'
import { variantKey } from './remove.ts'
import { findVariant } from './view.ts'

/** A file as it is served. */
export type ServedMedia = {
  kind: MediaKind
  mime: string
  bytes: number
  /** What its bytes are called for ever: another content has another address. */
  etag: string
  fileName: string
  /** Whether everybody may see it: shared caches too may keep it. */
  isPublic: boolean
  open(range: ByteRange | undefined, signal: AbortSignal): Promise<StoredObject>
}

/** The file at an address below `/media`. What the caller may not see is `media/not-found`, as what is not ready. */
export async function findServedMedia(
  ctx: Ctx,
  { id, variant: name }: { id: string; variant: string | undefined },
): Promise<ServedMedia> {
  const row = await findServed(ctx.db, {
    id,
    viewer: viewerId(ctx.actor),
    now: ctx.now(),
  })
  if (!row || row.state !== 'ready') throw new AppError('media/not-found')
  authorize(canReadMedia(ctx.actor, row))
  const variant = findVariant(row.variants, name)
  if (!variant) throw new AppError('media/not-found')
  return {
    kind: row.kind,
    mime: variant.mime,
    bytes: variant.bytes,
    etag: `"${row.storagePrefix.slice(0, 8)}-${variant.name}"`,
    fileName: row.fileName,
    isPublic: row.isPublic,
    open: (range, signal) =>
      ctx.storage
        .get(variantKey(row.storagePrefix, variant), { signal, ...(range && { range }) })
        .catch(throwLost),
  }
}

// A row says that it is there: what is gone was removed by others, and may come back from a backup.
function throwLost(error: unknown): never {
  if (error instanceof Error && error.name === 'ObjectNotFound') {
    throw new AppError('storage/unavailable', { cause: error, retryAfterSeconds: 60 })
  }
  return throwMediaError(error)
}

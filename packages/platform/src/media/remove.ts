import type { Tx } from '@galley/db/client'
import type { MediaVariant } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

/** Removes files from the storage: after the commit of what no longer needs them. */
export const removeObjects: JobDefinition<{ keys: string[] }> = {
  name: 'media.remove-objects',
  payload: z.strictObject({ keys: z.array(z.string()) }),
  retries: 15,
}

export async function deleteObjects(ctx: Ctx, { keys }: { keys: string[] }): Promise<void> {
  for (const key of keys) await ctx.storage.delete(key)
}

/** Longer than any upload may take, from when its address was given, and than the work on it. */
export const UPLOAD_MS = 60 * 60_000

type Removed = { storagePrefix: string; createdAt: Date; isAtWork?: boolean }

/**
 * Removes these after the commit. Once more what may still be on its way to the storage: of a file at work all of it; the upload
 * until its address has expired, where clients send files there themselves and may do so again.
 */
export async function enqueueRemoval(
  ctx: Ctx,
  tx: Tx,
  { storagePrefix, createdAt, isAtWork = false }: Removed,
  keys: string[],
): Promise<void> {
  await ctx.jobs.enqueue(tx, removeObjects, { keys })
  const since = isAtWork ? ctx.now() : createdAt
  const startAfter = new Date(since.getTime() + UPLOAD_MS)
  if (startAfter <= ctx.now() || !(isAtWork || ctx.storage.presignPut)) return
  const late = isAtWork ? keys : [uploadKey(storagePrefix)]
  await ctx.jobs.enqueue(tx, removeObjects, { keys: late }, { startAfter })
}

/** What all keys of files begin with. */
export const MEDIA_PREFIX = 'media/'

/** Where a file is until it has been looked at. */
export const uploadKey = (prefix: string) => `${MEDIA_PREFIX}${prefix}/upload`

export const variantKey = (prefix: string, { name }: Pick<MediaVariant, 'name'>) =>
  `${MEDIA_PREFIX}${prefix}/${name}`

/** Everything that the storage may hold of a file. */
export const keysOf = ({
  storagePrefix,
  variants,
}: {
  storagePrefix: string
  variants: MediaVariant[]
}): string[] => [
  uploadKey(storagePrefix),
  ...variants.map((variant) => variantKey(storagePrefix, variant)),
]

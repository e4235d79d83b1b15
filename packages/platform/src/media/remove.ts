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

/** Where a file is until it has been looked at. */
export const uploadKey = (prefix: string) => `media/${prefix}/upload`

export const variantKey = (prefix: string, { name }: Pick<MediaVariant, 'name'>) =>
  `media/${prefix}/${name}`

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

import type { NamedObjects } from '@galley/backup/backups'
import { z } from 'zod'
import { uploadKey, variantKey } from './remove.ts'

const Row = z.object({
  storage_prefix: z.string(),
  state: z.enum(['quarantined', 'processing', 'ready']),
  mime: z.string(),
  variants: z.array(z.object({ name: z.string(), mime: z.string() })),
})

// What has not arrived yet, and what was refused, has nothing there.
const query = `select storage_prefix, state, mime, variants from media
  where state in ('quarantined', 'processing', 'ready')`

/** What the storage holds of each file by its row: what was made of it, or what waits to be looked at. */
export const namedObjects: NamedObjects = {
  query,
  objectsOf(row) {
    const { storage_prefix: prefix, state, mime, variants } = Row.parse(row)
    if (state !== 'ready') return [{ key: uploadKey(prefix), contentType: mime }]
    return variants.map((variant) => ({
      key: variantKey(prefix, variant),
      contentType: variant.mime,
    }))
  },
}

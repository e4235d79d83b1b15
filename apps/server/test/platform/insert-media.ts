import { randomBytes } from 'node:crypto'
import type { Queryable } from '@galley/db/client'
import { media } from '@galley/db/schema'

type Values = Partial<typeof media.$inferInsert>

const sizes = [320, 640]

/** A picture in the tables alone, ready to be used; of its files there are none. */
export async function insertMedia(db: Queryable, ownerId: string, values: Values = {}) {
  const variants = ['avif', 'webp', 'jpeg'].flatMap((kind) =>
    sizes.map((width) => {
      return { name: `${width}.${kind}`, mime: `image/${kind}`, bytes: 1000, width, height: width }
    }),
  )
  const row = {
    ownerId,
    kind: 'image' as const,
    state: 'ready' as const,
    mime: 'image/jpeg',
    fileName: 'picture.jpg',
    bytes: 0,
    width: 640,
    height: 640,
    alt: 'A picture.',
    storagePrefix: randomBytes(16).toString('hex'),
    variants,
    ...values,
  }
  const [inserted] = await db.insert(media).values(row).returning()
  if (!inserted) throw new Error('The picture was not inserted')
  return inserted
}

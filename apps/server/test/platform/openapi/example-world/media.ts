import { exampleMedia } from '@galley/api/routers/platform/media.docs'
import { exampleUser } from '@galley/api/routers/platform/users.docs'
import type { Db } from '@galley/db/client'
import { insertMedia } from '../../insert-media.ts'

export async function create(db: Db) {
  const { id, alt, caption, bytes, fileName } = exampleMedia
  await insertMedia(db, exampleUser.id, { id, alt, caption, bytes, fileName })
}

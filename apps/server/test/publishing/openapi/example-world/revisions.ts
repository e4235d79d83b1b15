import { exampleRevision } from '@galley/api/routers/publishing/revisions.docs'
import { exampleUser } from '@galley/api/routers/platform/users.docs'
import type { Db } from '@galley/db/client'
import { insertRevision } from '@galley/testing/publishing/factories'

export async function create(db: Db) {
  const { id, articleId, title, body } = exampleRevision
  await insertRevision(db, { id, articleId, title, body, authorId: exampleUser.id })
}

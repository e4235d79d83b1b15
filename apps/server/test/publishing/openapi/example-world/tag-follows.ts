import { exampleUser } from '@galley/api/routers/platform/users.docs'
import type { Db } from '@galley/db/client'
import { tagFollows, tags } from '@galley/db/schema'
import { eq } from 'drizzle-orm'

export async function create(db: Db) {
  const gardens = await db.select().from(tags).where(eq(tags.slug, 'gardens'))
  await db
    .insert(tagFollows)
    .values(gardens.map(({ id: tagId }) => ({ userId: exampleUser.id, tagId })))
}

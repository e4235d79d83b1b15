import { exampleUser, tomas } from '@galley/api/routers/platform/users.docs'
import type { Db } from '@galley/db/client'
import { follows } from '@galley/db/schema'

export async function create(db: Db) {
  await db.insert(follows).values({ followerId: exampleUser.id, followedId: tomas.id })
}

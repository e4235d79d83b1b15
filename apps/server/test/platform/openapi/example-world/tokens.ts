import { createHash } from 'node:crypto'
import { exampleUser } from '@galley/api/routers/platform/users.docs'
import type { Db } from '@galley/db/client'
import { refreshTokens, tokenFamilies } from '@galley/db/schema'
import { exampleRefreshToken } from '../../../../src/routes/auth-tokens/operations.ts'

/** As if the refresh token of the examples had been given to an API client of Mira's. */
export async function create(db: Db) {
  const expiresAt = new Date(Date.now() + 3_600_000)
  const [family] = await db
    .insert(tokenFamilies)
    .values({ userId: exampleUser.id, expiresAt })
    .returning()
  if (!family) throw new Error('No family was inserted')
  const id = createHash('sha256').update(exampleRefreshToken).digest('hex')
  await db.insert(refreshTokens).values({ id, familyId: family.id, expiresAt })
}

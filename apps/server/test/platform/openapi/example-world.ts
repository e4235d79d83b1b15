import { newApiToken } from '@galley/auth/api-tokens'
import { createPasswordHasher } from '@galley/auth/passwords'
import { exampleUser, mira, tomas } from '@galley/api/routers/platform/users.docs'
import { Scope } from '@galley/contract/scopes'
import type { Db } from '@galley/db/client'
import { apiTokens, credentials } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { examplePassword } from '../../../src/routes/auth-tokens/operations.ts'
import type { TestApp } from '../../app.ts'
import { collect } from '../../collect.ts'

type On = Pick<TestApp, 'database'>

/** What the examples of each slice are about, made in the order of the files: people are there before. */
const slices = await collect<{ create(db: Db): Promise<void> }>('**/openapi/example-world/*.ts')

let passwordHash: Promise<string> | undefined

/** Makes who and what the examples of the document are about. Returns the token of the caller. */
export async function createExampleWorld({ database: { asOperator, db } }: On): Promise<string> {
  await asOperator((sql) => sql`truncate users, idempotency_keys cascade`)
  const { id: userId, bio } = exampleUser
  await insertUser(db, { ...mira, id: userId, bio, role: 'admin' })
  await insertUser(db, { ...tomas, role: 'author' })
  passwordHash ??= createPasswordHasher().hash(examplePassword)
  await db.insert(credentials).values({ userId, passwordHash: await passwordHash })
  for (const { create } of slices) await create(db)
  const { token, hash: tokenHash, hint } = newApiToken()
  const scopes = Scope.options
  const expiresAt = new Date(Date.now() + 3_600_000)
  await db
    .insert(apiTokens)
    .values({ userId, name: 'Examples', tokenHash, hint, scopes, expiresAt })
  return token
}

import { createPasswordHasher } from '@galley/auth/passwords'
import { credentials } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import type { TestApp } from './app.ts'

let count = 0

export const password = 'seventeen blue herons'

/** Made once: it takes longer than all else that somebody new does. */
let hash: Promise<string> | undefined

/** A new person with a verified address signs in. Answers what a browser would send next: the cookie, from our own page. */
export async function signUp(
  { database, post }: Pick<TestApp, 'database' | 'post'>,
  values: Parameters<typeof insertUser>[1] = {},
) {
  const username = `someone-${++count}`
  const user = await insertUser(database.db, { username, displayName: username, ...values })
  const passwordHash = await (hash ??= createPasswordHasher().hash(password))
  await database.db.insert(credentials).values({ userId: user.id, passwordHash })
  const response = await post('/trpc/sessions.create', { email: user.email, password })
  const [cookie = ''] = String(response.headers['set-cookie']).split(';')
  return { ...user, password, cookie, asBrowser: { cookie, 'sec-fetch-site': 'same-origin' } }
}

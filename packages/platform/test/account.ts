import { credentials } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { createSession } from './by-cookies.ts'
import { openBrowser } from './browser.ts'
import type { useTestDomain } from './context.ts'

export const password = 'seventeen blue herons'

type Domain = Pick<ReturnType<typeof useTestDomain>, 'anonymous' | 'database'>

/** An account with a verified address, or what `values` say, and the password above. */
export async function openAccount(
  { anonymous, database }: Domain,
  values: Parameters<typeof insertUser>[1] = {},
) {
  const user = await insertUser(database.db, values)
  const passwordHash = await anonymous().passwords.hash(password)
  await database.db.insert(credentials).values({ userId: user.id, passwordHash })
  return user
}

/** A browser in which this person has just signed in. */
export async function signIn(domain: Domain, { email }: { email: string }) {
  const browser = openBrowser(domain)
  await createSession(await browser.request(), { email, password })
  return browser
}

/** What somebody of this name signs up with. */
export const newcomer = (name: string) => ({
  email: `${name}@example.com`,
  username: name,
  displayName: name,
  password,
})

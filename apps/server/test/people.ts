import type { TestApp } from './app.ts'

let count = 0

export const password = 'seventeen blue herons'

/** Signs a new person up through the API. Answers what a browser would send next: the cookie, from our own page. */
export async function signUp({ post }: Pick<TestApp, 'post'>) {
  const username = `person-${++count}`
  const person = { email: `${username}@example.com`, username, displayName: username, password }
  const response = await post('/trpc/users.create', person)
  const [cookie = ''] = String(response.headers['set-cookie']).split(';')
  return { ...person, cookie, asBrowser: { cookie, 'sec-fetch-site': 'same-origin' } }
}

import { type Browser, expect, type Page } from '@playwright/test'

export type Person = { name: string; username: string; email: string; password: string }

/** Somebody new at every call, also when a test runs again on the same database. */
export function newPerson(name: string): Person {
  const username = `${name.toLowerCase()}-${crypto.randomUUID().slice(0, 8)}`
  return { name, username, email: `${username}@example.com`, password: 'a long enough password' }
}

export async function signUp(page: Page, person: Person) {
  await page.goto('/sign-up')
  await hydrated(page)
  await page.getByLabel('Name', { exact: true }).fill(person.name)
  await page.getByLabel('Username').fill(person.username)
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('button', { name: `Account of ${person.name}` })).toBeVisible()
}

export async function signIn(page: Page, { email, password }: { email: string; password: string }) {
  await page.goto('/sign-in')
  await hydrated(page)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: /^Account of/ })).toBeVisible()
}

/** Writes a draft and waits until it is saved. */
export async function writeDraft(page: Page, { title, body }: { title: string; body: string }) {
  await page.goto('/editor/new')
  await hydrated(page)
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('Text', { exact: true }).fill(body)
  await saved(page)
  await expect(page).toHaveURL(/\/editor\/[0-9a-f-]{36}$/)
}

export const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible()

/** A page that nobody is signed in on. */
export async function signedOutPage(
  browser: Browser,
  options: { javaScriptEnabled?: boolean } = {},
) {
  const context = await browser.newContext(options)
  return context.newPage()
}

/** Typing before React has taken over the fields is lost. */
export const hydrated = (page: Page) =>
  page
    .waitForFunction(() => document.readyState === 'complete' && performance.now() > 0)
    .then(() => page.waitForLoadState('networkidle'))

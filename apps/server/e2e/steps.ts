import { type Browser, expect, type Page } from '@playwright/test'

export type Person = { name: string; username: string; email: string; password: string }

/** Somebody new at every call, also when a test runs again on the same database. */
export function newPerson(name: string): Person {
  const username = `${name.toLowerCase()}-${crypto.randomUUID().slice(0, 8)}`
  return { name, username, email: `${username}@example.com`, password: 'a long enough password' }
}

/** An account of their own for somebody, made by calls, which is quicker; they sign in on the page. */
export async function signUp(page: Page, person: Person) {
  const { name: displayName, username, email, password } = person
  await call('users.create', { displayName, username, email, password })
  const link = new URL(await linkTo(email, '/verify-email'))
  await call('users.verifyEmail', { token: link.searchParams.get('token'), password })
  await signIn(page, person)
}

async function call(path: string, input: object) {
  const response = await fetch(`${process.env.GALLEY_ORIGIN}/trpc/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  expect(response.status, await response.text()).toBe(200)
}

/** Signs up, confirms the address by the mailed link and signs in, all on the pages. */
export async function signUpByForms(page: Page, person: Person) {
  await fillSignUp(page, person)
  await expect(page.getByRole('heading', { level: 1, name: 'Check your mail' })).toBeVisible()
  await page.goto(await linkTo(person.email, '/verify-email'))
  await hydrated(page)
  await page.getByRole('button', { name: 'Confirm this address' }).click()
  await expect(page.getByText(`${person.email} is confirmed.`)).toBeVisible()
  await signIn(page, person)
}

export async function fillSignUp(page: Page, person: Person) {
  await page.goto('/sign-up')
  await hydrated(page)
  await page.getByLabel('Name', { exact: true }).fill(person.name)
  await page.getByLabel('Username').fill(person.username)
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Create account' }).click()
}

/** As in another browser: without cookies, also without one that a response still under way would set. */
export async function forgetCookies(page: Page) {
  await page.goto('about:blank')
  await page.context().clearCookies()
}

/** The link below `path` in the newest mail to this address that has one, waiting for it. */
export async function linkTo(address: string, path: string): Promise<string> {
  let link: string | undefined
  await expect(async () => {
    const mails = await mailsTo(address)
    const links = mails.flatMap(({ text }) => text.match(/https?:\/\/\S+/g) ?? [])
    link = links.find((each) => new URL(each).pathname === path)
    expect(link, `a link to ${path} for ${address}`).toBeDefined()
  }).toPass({ timeout: 15_000 })
  return link ?? ''
}

/** The text of the newest mail to this address, waiting for it. */
export async function textTo(address: string): Promise<string> {
  let text: string | undefined
  await expect(async () => {
    text = (await mailsTo(address))[0]?.text
    expect(text, `a mail to ${address}`).toBeDefined()
  }).toPass({ timeout: 15_000 })
  return text ?? ''
}

/** What was mailed to this address, the newest first. */
async function mailsTo(address: string): Promise<{ subject: string; text: string }[]> {
  const list = process.env.GALLEY_MAIL
  if (!list) throw new Error('GALLEY_MAIL names no list of mails')
  const response = await fetch(`${list}?to=${encodeURIComponent(address)}`)
  return response.json()
}

type Account = { email: string; password: string }

export async function signIn(page: Page, account: Account) {
  await fillSignIn(page, account)
  await signedIn(page)
}

export async function fillSignIn(page: Page, { email, password }: Account) {
  await page.goto('/sign-in')
  await hydrated(page)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
}

export const signedIn = (page: Page) =>
  expect(page.getByRole('button', { name: /^Account of/ })).toBeVisible()

export async function signOut(page: Page) {
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible()
}

/** A page that nobody is signed in on. */
export async function signedOutPage(
  browser: Browser,
  options: { javaScriptEnabled?: boolean; viewport?: { width: number; height: number } } = {},
) {
  const context = await browser.newContext(options)
  return context.newPage()
}

/** Until React has taken over all that can be clicked or typed into: what is done to it before is lost. What is in a text is not React's. */
export async function hydrated(page: Page) {
  await page.waitForFunction(() => {
    const isReacts = (element: Element) =>
      Object.keys(element).some((key) => key.startsWith('__reactProps$'))
    const controls = document.querySelectorAll(
      ':is(form, button, input, select, textarea):not(.prose *)',
    )
    return document.readyState === 'complete' && [...controls].every(isReacts)
  })
}

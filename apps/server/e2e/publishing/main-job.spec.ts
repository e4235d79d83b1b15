import { expect, test } from '@playwright/test'
import { fillSignUp, hydrated, newPerson, signedOutPage, signUp, signUpByForms } from '../steps.ts'
import { writeDraft } from './drafts.ts'

const body = `The tide comes twice a day.

## Why

| pull | from |
| ---- | ---- |
| two thirds | the moon |

\`\`\`ts
const hours = 12.42
\`\`\`
`

test('sign up, write, publish, read it signed out, comment on it', async ({ page, browser }) => {
  const author = newPerson('Writer')
  const title = `Tides of ${author.username}`
  await signUpByForms(page, author)
  await writeDraft(page, { title, body })
  await expect(page.getByRole('region', { name: 'Preview' }).getByRole('table')).toBeVisible()
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible()
  const address = page.url()

  const reader = await signedOutPage(browser)
  await reader.goto('/')
  await reader.getByRole('link', { name: title }).first().click()
  await expect(reader).toHaveURL(address)
  await expect(reader.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible()
  await expect(reader.getByRole('table')).toBeVisible()
  await expect(reader.locator('pre code')).toContainText('const hours = 12.42')

  await signUp(reader, newPerson('Reader'))
  await reader.goto(address)
  await hydrated(reader)
  await reader.getByLabel('Add a comment').fill('Is it the *same* in a lake?')
  await reader.getByRole('button', { name: 'Publish comment' }).click()
  await expect(reader.locator('#comments em', { hasText: 'same' })).toBeVisible()

  await page.reload()
  await expect(page.locator('#comments em', { hasText: 'same' })).toBeVisible()
})

test('pages open by their address as they do by a link', async ({ page }) => {
  for (const [address, heading] of [
    ['/authors/mira-okafor', /Mira Okafor/],
    ['/tags/typography', /typography/i],
  ] as const) {
    const response = await page.goto(address)
    expect([address, response?.status()]).toEqual([address, 200])
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
  }
})

test('browsers and crawlers find what they ask for by themselves', async ({ request }) => {
  const icon = await request.get('/favicon.ico')
  expect([icon.status(), (await icon.body()).readUInt16LE(2)]).toEqual([200, 1])
  const robots = await request.get('/robots.txt')
  expect([robots.status(), robots.headers()['content-type']]).toEqual([
    200,
    expect.stringContaining('text/plain'),
  ])
  expect(await robots.text()).toContain('Disallow: /settings')
})

test('a form shows what is wrong at its field and keeps what was typed', async ({ page }) => {
  await page.goto('/sign-up')
  await hydrated(page)
  await page.getByLabel('Username').fill('x')
  await page.getByLabel('E-mail address').fill('nobody')
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByText('Use 3 to 30 letters, digits or hyphens.')).toBeVisible()
  await expect(page.getByText('Must be an e-mail address.')).toBeVisible()
  await expect(page.getByText('Must be at least 8 characters.')).toBeVisible()
  await expect(page.getByLabel('Username')).toHaveValue('x')
  await expect(page.getByLabel('Username')).toHaveAttribute('aria-invalid', 'true')
})

test("a taken username is shown at its field, from the server's response", async ({
  page,
  browser,
}) => {
  const person = newPerson('First')
  await signUpByForms(page, person)
  const other = await signedOutPage(browser)
  await fillSignUp(other, { ...person, email: `other-${person.email}` })
  await expect(other.getByText('This username is taken.')).toBeVisible()
})

import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from '../axe.ts'
import { hydrated, newPerson, signedOutPage, signUp } from '../steps.ts'

async function newDraft(page: Page, title: string) {
  await page.goto('/editor/new')
  await hydrated(page)
  await page.getByLabel('Title').fill(title)
  await openSettings(page)
}

async function openSettings(page: Page) {
  await page.getByText('Authors, address and preview links').click()
  await expect(page.getByRole('region', { name: 'Authors' })).toBeVisible()
}

test('a co-author is invited, accepts, and is named beside the author', async ({
  page,
  browser,
}) => {
  const [ada, bo] = [newPerson('Ada'), newPerson('Bo')]
  const other = await signedOutPage(browser)
  await signUp(page, ada)
  await signUp(other, bo)
  // Another width is another layout of the editor.
  await page.setViewportSize({ width: 390, height: 900 })
  const title = `Two of us ${crypto.randomUUID().slice(0, 8)}`
  await newDraft(page, title)

  const authors = page.getByRole('region', { name: 'Authors' })
  await authors.getByLabel('Invite a co-author').fill('nobody-of-this-name')
  await authors.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(authors.getByText('Nobody who writes here has this username.')).toBeVisible()
  await authors.getByLabel('Invite a co-author').fill(bo.username)
  await authors.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(authors.getByRole('listitem').nth(1)).toContainText('Invited')
  await expectAccessible(page, [390])

  await other.goto('/me/articles?show=invitations')
  await hydrated(other)
  await expectAccessible(other)
  await other.getByRole('button', { name: `Accept ${title}` }).click()
  await expect(other.getByLabel('Title')).toHaveValue(title)
  await openSettings(other)
  await expect(other.getByRole('region', { name: 'Authors' }).getByRole('listitem')).toHaveCount(2)

  await page.reload()
  await hydrated(page)
  await openSettings(page)
  await authors.getByRole('button', { name: `Move ${bo.name} up` }).click()
  await expect(authors.getByRole('listitem').first()).toContainText(bo.name)
  await other.goto('/me/articles')
  await expect(other.getByText(`${bo.name} and ${ada.name}`)).toBeVisible()
})

test('a preview link shows the draft to somebody without an account, until it is revoked', async ({
  page,
  browser,
}) => {
  await signUp(page, newPerson('Cy'))
  const title = `Not out yet ${crypto.randomUUID().slice(0, 8)}`
  await newDraft(page, title)
  await page.getByRole('button', { name: 'Preview links' }).click()
  const dialog = page.getByRole('dialog', { name: 'Preview links' })
  await dialog.getByLabel('For whom').fill('A friend')
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  const url = (await dialog.locator('code').textContent()) ?? ''
  await expect(dialog.getByRole('list', { name: 'Links that work' })).toContainText('A friend')
  await expectAccessible(page, [1280])

  const stranger = await signedOutPage(browser)
  const response = await stranger.goto(url)
  expect(response?.status()).toBe(200)
  expect(response?.headers()).toMatchObject({
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  })
  await expect(stranger.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(stranger.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex')
  await expect(stranger.locator('link[rel=canonical]')).toHaveCount(0)
  await expectAccessible(stranger)

  await dialog.getByRole('button', { name: 'Revoke A friend' }).click()
  await expect(dialog.getByRole('list', { name: 'Links that work' })).toHaveCount(0)
  const message = 'The link leads nowhere now.'
  await expect(dialog.getByText(message)).toBeVisible()
  await dialog.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText(message)).toBeVisible()
  for (const address of [url, `${url}x`]) {
    const gone = await stranger.goto(address)
    expect([gone?.status(), gone?.headers()['cache-control']]).toEqual([404, 'private, no-store'])
    await expect(stranger.getByText('There is nothing at this address')).toBeVisible()
    await expect(stranger.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex')
  }
})

test('former addresses of articles and people lead on by 301, and writers change them', async ({
  page,
  request,
}) => {
  const kept = { maxRedirects: 0, headers: { accept: 'text/html' } }
  const former = await request.get('/articles/the-semaphore-towers-of-claude-chappe', kept)
  expect([former.status(), former.headers()['location']]).toEqual([
    301,
    expect.stringMatching(/\/articles\/semaphore-towers$/),
  ])
  expect(former.headers()['cache-control']).toBe('private, no-cache')
  const byApi = await request.get('/api/v1/articles/the-semaphore-towers-of-claude-chappe')
  expect(await byApi.json()).toMatchObject({ slug: 'semaphore-towers' })

  const person = newPerson('Dot')
  await signUp(page, person)
  await newDraft(page, `An address ${person.username}`)
  const region = page.getByRole('region', { name: 'Address' })
  const slug = `chosen-${person.username}`
  await region.getByLabel('Last part of the address').fill('semaphore-towers')
  await region.getByRole('button', { name: 'Change the address' }).click()
  await expect(region.getByText('Leads to another article.')).toBeVisible()
  await region.getByLabel('Last part of the address').fill(slug)
  await region.getByRole('button', { name: 'Change the address' }).click()
  await expect(page.getByText('The address is changed.')).toBeVisible()
  await page.goto(`/articles/${slug}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('An address')

  await page.goto('/settings')
  await hydrated(page)
  const renamed = `${person.username}-new`
  await page.getByLabel('Username').fill(renamed)
  await page.getByRole('button', { name: 'Save' }).first().click()
  await expect
    .poll(async () => (await request.get(`/authors/${person.username}`, kept)).status())
    .toBe(301)
  for (const path of ['', '/followers']) {
    const moved = await request.get(`/authors/${person.username}${path}`, kept)
    expect([moved.status(), moved.headers()['location']]).toEqual([
      301,
      expect.stringMatching(new RegExp(`/authors/${renamed}${path}$`)),
    ])
  }
})

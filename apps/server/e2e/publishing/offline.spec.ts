import { expect, type Page, test } from '@playwright/test'
import { hydrated, newPerson, signIn, signUp } from '../steps.ts'
import { bodyField, expectBody, saved, writeDraft } from './drafts.ts'
import { demoAccounts } from '../../dev/seed/people.ts'

const article = '/articles/plant-the-tree-small'

/** Sooner than what is tried again three times fails, also on a machine that is busy. */
const SOON_MS = 5_000

/** Every call of the API that the page sends from now on. */
function watchCalls(page: Page) {
  const calls: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') calls.push(new URL(request.url()).pathname)
  })
  return calls
}

test('what is done offline says so at once, keeps what was typed, and is not sent later by itself', async ({
  page,
  context,
}) => {
  await signUp(page, newPerson('Tunnel'))
  await page.goto(article)
  await hydrated(page)
  const field = page.getByLabel('Add a comment')
  await field.fill('Written')
  await expect(page.getByRole('button', { name: 'Publish comment' })).toBeVisible()
  await context.setOffline(true)
  await field.fill('Written in a tunnel')
  await page.getByRole('button', { name: 'Publish comment' }).click()
  await expect(page.getByText(/You are offline/)).toBeVisible({ timeout: SOON_MS })
  await expect(field).toHaveValue('Written in a tunnel')
  const favourite = page.getByRole('button', { name: /favourite/i }).first()
  await favourite.click()
  await expect(page.getByText('The article was not changed.')).toBeVisible({ timeout: SOON_MS })

  const calls = watchCalls(page)
  await context.setOffline(false)
  await page.waitForTimeout(1_500)
  expect(calls).toEqual([])
  await page.getByRole('button', { name: 'Publish comment' }).click()
  await expect(page.locator('#comments').getByText('Written in a tunnel')).toBeVisible()
})

test('a part of the page that cannot be fetched leaves the page as it is', async ({
  page,
  context,
}) => {
  await signUp(page, newPerson('Bridge'))
  await page.goto(article)
  await hydrated(page)
  await page.getByLabel('Add a comment').fill('To be deleted')
  await page.getByRole('button', { name: 'Publish comment' }).click()
  const mine = page.getByRole('listitem').filter({ hasText: 'Bridge' })
  await expect(mine).toBeVisible()
  await context.setOffline(true)
  await mine.getByRole('button', { name: /^Delete/ }).click()
  await expect(page.getByText('This could not be opened.').first()).toBeVisible({
    timeout: SOON_MS,
  })
  await page.getByRole('searchbox').focus()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plant the tree small')
  await context.setOffline(false)
  await page.reload()
  await hydrated(page)
  await mine.getByRole('button', { name: /^Delete/ }).click()
  await expect(page.getByRole('alertdialog', { name: 'Delete this comment?' })).toBeVisible()
})

test('a link followed offline shows why nothing comes, and the page when it can', async ({
  page,
  context,
}) => {
  await page.goto(article)
  await hydrated(page)
  await context.setOffline(true)
  for (const [link, title] of [
    [page.getByRole('banner').getByRole('link', { name: 'Tags' }), 'Tags'],
    [page.getByRole('banner').getByRole('link', { name: 'Sign in' }), 'Sign in'],
  ] as const) {
    await link.click()
    await expect(page.getByRole('heading', { level: 1, name: 'You are offline' })).toBeVisible({
      timeout: SOON_MS,
    })
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByText('You are still offline.').first()).toBeVisible()
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    await hydrated(page)
    await context.setOffline(true)
  }
})

test('a draft is kept on the device while offline, also when the page is gone, and saved when the connection is back', async ({
  page,
  context,
}) => {
  const [account] = demoAccounts
  if (!account) throw new Error('There is no demo account')
  await signIn(page, account)
  await writeDraft(page, { title: 'On a train', body: 'Before the tunnel.' })
  const address = page.url()
  await context.setOffline(true)
  const text = bodyField(page)
  await text.fill('In the tunnel.')
  const messages = page.getByRole('region', { name: 'Messages' })
  await expect(messages.getByText(/You are offline/)).toBeVisible({ timeout: SOON_MS })
  await expect(page.getByText('Offline, kept on this device', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByText('This could not be opened.').first()).toBeVisible()
  await expectBody(page).toBe('In the tunnel.')
  await context.setOffline(false)
  await saved(page)
  await expectBody(page).toBe('In the tunnel.')

  await context.setOffline(true)
  await text.fill('In the next tunnel.')
  await expect(page.getByText('Offline, kept on this device', { exact: true })).toBeVisible()
  await context.route(/articles\.update/, (route) => route.abort())
  // One that is closed saves with its last breath, which nothing holds offline any more.
  await page.goto('chrome://crash').catch(() => {})
  await page.close()
  await context.setOffline(false)
  const later = await context.newPage()
  await later.goto(address)
  await expectBody(later).toBe('In the next tunnel.')
  await expect(later.getByText(/was not saved is back/)).toBeVisible()
  await context.unroute(/articles\.update/)
  await saved(later)
})

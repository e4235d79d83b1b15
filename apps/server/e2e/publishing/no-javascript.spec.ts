import { expect, test } from '@playwright/test'
import { demoAccounts } from '../../dev/seed/people.ts'

test.use({ javaScriptEnabled: false })

test('without JavaScript: the home page, older articles, an article, its tag and its author', async ({
  page,
}) => {
  await page.goto('/')
  await page.getByRole('link', { name: /Older articles/ }).click()
  await expect(page).toHaveURL(/cursor=/)
  await page
    .getByRole('link', { name: /Newest/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/$/)

  await page.goto('/tags/typography')
  const newest = page.getByRole('article').first().getByRole('heading').getByRole('link')
  const title = (await newest.textContent()) ?? ''
  await newest.click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.locator('article p').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: /^Comments/ })).toBeVisible()

  await page
    .getByRole('main')
    .getByRole('link')
    .and(page.locator('[href^="/tags/"]'))
    .first()
    .click()
  await expect(page).toHaveURL(/\/tags\//)
  await expect(page.getByRole('article').first()).toBeVisible()

  await page.locator('a[href^="/authors/"]').first().click()
  await expect(page).toHaveURL(/\/authors\//)
  await expect(page.getByRole('article').first()).toBeVisible()
})

test('an article says what it is to search engines and other sites', async ({ page, baseURL }) => {
  await page.goto('/articles/plant-the-tree-small')
  await expect(page).toHaveTitle(/Plant the tree small/)
  const content = (selector: string) => page.locator(selector).getAttribute('content')
  expect(await content('meta[name="description"]')).toMatch(/knee-high whip/)
  expect(await content('meta[property="og:title"]')).toBe('Plant the tree small')
  expect(await content('meta[property="og:type"]')).toBe('article')
  expect(await page.locator('link[rel="canonical"]').getAttribute('href')).toBe(
    `${baseURL}/articles/plant-the-tree-small`,
  )
})

test('the canonical address is that of the person and the topic, not the one asked for', async ({
  page,
  baseURL,
}) => {
  const canonical = () => page.locator('link[rel="canonical"]').getAttribute('href')
  await page.goto('/authors/MIRA-OKAFOR')
  expect(await canonical()).toBe(`${baseURL}/authors/mira-okafor`)
  await page.goto('/tags/Typography')
  expect(await canonical()).toBe(`${baseURL}/tags/typography`)
})

test('what is not there is a page with status 404', async ({ page }) => {
  const nowhere = [
    '/articles/no-such',
    '/authors/nobody-here',
    '/tags/no-such-topic',
    '/no-such-page',
  ]
  for (const address of nowhere) {
    const response = await page.goto(address)
    expect(response?.status(), address).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
})

test('without JavaScript: sign in, comment, sign out', async ({ page }) => {
  const [account] = demoAccounts
  if (!account) throw new Error('There is no demo account')
  await page.goto('/articles/plant-the-tree-small')
  await page.getByRole('link', { name: 'Sign in to comment' }).click()
  const form = page.getByRole('main')
  await expect(form.getByText('needs JavaScript')).toHaveCount(0)
  await form.getByLabel('E-mail address').fill(account.email)
  await form.getByLabel('Password').fill('not the password')
  await form.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByText('The e-mail address or the password is wrong.')).toBeVisible()
  await form.getByLabel('E-mail address').fill(account.email)
  await form.getByLabel('Password').fill(account.password)
  await form.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/articles\/plant-the-tree-small#comments$/)

  const text = `Without a script ${crypto.randomUUID()}`
  await page.getByLabel('Add a comment').fill(text)
  await page.getByRole('button', { name: 'Publish comment' }).click()
  await expect(page.locator('#comments').getByText(text)).toBeVisible()
  await expect(page.getByRole('button', { name: /^(Edit|Delete|Favourite)/ })).toHaveCount(0)

  await page.goto('/me/media')
  await expect(page.getByText('deleting files needs JavaScript')).toBeVisible()
  await expect(page.getByRole('button', { name: /^(Upload|Describe|Delete)/ })).toHaveCount(0)

  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible()
})

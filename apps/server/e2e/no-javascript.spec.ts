import { expect, test } from '@playwright/test'

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

test('what is not there is a page with status 404', async ({ page }) => {
  for (const address of ['/articles/no-such-article', '/authors/nobody-here', '/no-such-page']) {
    const answer = await page.goto(address)
    expect(answer?.status(), address).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
})

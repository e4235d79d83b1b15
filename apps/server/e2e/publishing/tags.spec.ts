import { expect, test } from '@playwright/test'
import { newPerson, signUp } from '../steps.ts'
import { writeDraft } from './drafts.ts'

test('C++, C# and C are three tags, each with a page of its own', async ({ page }) => {
  await signUp(page, newPerson('Taggert'))
  const title = `Signs ${crypto.randomUUID().slice(0, 8)}`
  await writeDraft(page, { title, body: 'Letters and signs.' })
  for (const tag of ['C++', 'C#', 'C']) {
    await page.getByLabel('Tags', { exact: true }).fill(tag)
    await page.keyboard.press('Enter')
  }
  const tags = page.getByRole('list', { name: 'Tags of this article' }).getByRole('listitem')
  await expect(tags).toHaveText(['c++', 'c#', 'c'])
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page).toHaveURL(/\/articles\//)

  const article = page.url()
  for (const [tag, path] of [
    ['c++', '/tags/c%2B%2B'],
    ['c#', '/tags/c%23'],
    ['c', '/tags/c'],
  ] as const) {
    await page.goto(article)
    await page
      .getByRole('list', { name: 'Tags' })
      .getByRole('link', { name: tag, exact: true })
      .first()
      .click()
    await expect(page.getByRole('heading', { level: 1, name: tag, exact: true })).toBeVisible()
    const response = await page.goto(path)
    expect(response?.status()).toBe(200)
    await expect(page.getByRole('heading', { level: 1, name: tag, exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: title })).toBeVisible()
    const canonical = page.locator('link[rel=canonical]')
    expect(await canonical.getAttribute('href')).toMatch(new RegExp(`${path}$`))
  }
})

test('a tag that no article carries has no page', async ({ page }) => {
  const response = await page.goto('/tags/nobody-writes-about-this')
  expect(response?.status()).toBe(404)
  expect((await page.goto('/tags/%E2%9D%A4%EF%B8%8F'))?.status()).toBe(404)
})

import { expect, test } from '@playwright/test'
import { seriousFaults } from '../axe.ts'
import { hydrated, newPerson, signedOutPage, signUp } from '../steps.ts'

const address = '/articles/why-the-alarm-is-usually-wrong'

test('a link to a reply that its page does not show opens the place where it stands', async ({
  page,
  request,
}) => {
  const read = async (path: string) => (await request.get(`/api/v1${path}`)).json()
  const { id } = await read(address)
  const [thread] = (await read(`/articles/${id}/comments`)).items
  const last = (await read(`/comments/${thread.id}/replies`)).items.at(-1)
  const reply = page.locator(`#comment-${last.id}`)
  await page.goto(`${address}#comment-${last.id}`)
  await expect(reply).toBeFocused()
  await expect(reply).toBeInViewport()
  await expect(reply).toHaveAttribute('data-target')
  await expect(page).toHaveURL(`${address}?comment=${last.id}#comment-${last.id}`)
  expect(await seriousFaults(page, { within: '#comments' })).toEqual([])
})

test('a mention by keyboard becomes a link to the person', async ({ page }) => {
  await signUp(page, newPerson('Reader'))
  await page.goto(address)
  await hydrated(page)
  await page.getByLabel('Add a comment').focus()
  await page.keyboard.type('I do not believe it, @len')
  const option = page.getByRole('option', { name: /Lena Brandt/ })
  await expect(option).toHaveAttribute('aria-selected', 'true')
  expect(await seriousFaults(page, { within: '#comments' })).toEqual([])
  await page.keyboard.press('Enter')
  await page.keyboard.type('either.')
  await page.getByRole('button', { name: 'Publish comment' }).click()
  const mention = page.locator('#comments').getByRole('link', { name: '@lena-brandt' }).last()
  await expect(page.getByText('I do not believe it, @lena-brandt either.')).toBeVisible()
  await mention.click()
  await expect(page).toHaveURL(/\/authors\/lena-brandt$/)
})

test('a comment arrives in a second browser, and goes when it is deleted', async ({
  page,
  browser,
}) => {
  const writer = newPerson('Writer')
  await signUp(page, writer)
  await page.goto('/articles/counting-buses-with-a-gtfs-query')
  await hydrated(page)

  const reader = await signedOutPage(browser)
  const watching = reader.waitForResponse(/live\.watch/)
  await reader.goto('/articles/counting-buses-with-a-gtfs-query')
  await hydrated(reader)
  await reader.locator('#comments').scrollIntoViewIfNeeded()
  await watching
  await reader.evaluate(() => window.scrollTo(0, 0))

  const text = `Seen by ${writer.username}`
  await page.getByLabel('Add a comment').fill(text)
  await page.getByRole('button', { name: 'Publish comment' }).click()
  const news = reader.getByRole('button', { name: '1 new comment' })
  await expect(news).toBeAttached()
  await expect(reader.getByText(text)).toHaveCount(0)
  await news.click()
  const comment = reader.getByRole('group', { name: /Comment by Writer/ }).filter({ hasText: text })
  await expect(comment).toBeFocused()

  await page.getByRole('button', { name: /^Delete the comment by Writer/ }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(reader.getByText(text)).toHaveCount(0)
})

import { expect, type Page, test } from '@playwright/test'
import { demoAccounts } from '../../dev/seed/people.ts'
import { hydrated, signedOutPage, signIn } from '../steps.ts'

const address = '/articles/reading-a-log-at-three-in-the-morning'
const section = 'Follow one request'

const contentsOf = (page: Page) => page.getByRole('navigation', { name: 'Contents' })

test('the contents lead to sections, and each section to its address, by keyboard', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(address)
  await hydrated(page)
  const contents = contentsOf(page)
  await expect(contents.getByRole('link')).toHaveCount(11)
  await contents.getByRole('link', { name: section }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: section, exact: true })).toBeInViewport()
  await expect(contents.locator('[aria-current=location]')).toHaveText(section)

  // The keyboard goes on from there.
  await page.keyboard.press('Tab')
  const link = page.getByRole('link', { name: `Link to “${section}”` })
  await expect(link).toBeFocused()
  await expect(link).toHaveCSS('opacity', '1')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#user-content-follow-one-request$/)

  await page.mouse.wheel(0, -100_000)
  await expect(contents.locator('[aria-current]')).toHaveCount(0)

  const note = page.locator('[data-footnote-ref]').first()
  await note.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Dawson and Kathryn Reid')).toBeInViewport()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(note).toBeInViewport()
})

test('on a phone the contents are folded up above the text', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(address)
  const contents = contentsOf(page)
  await expect(contents).toHaveCount(0)
  await page.getByText('Contents', { exact: true }).filter({ visible: true }).click()
  await contents.getByRole('link', { name: section }).click()
  await expect(page.getByRole('heading', { name: section, exact: true })).toBeInViewport()
})

test('a short text has no contents', async ({ page }) => {
  await page.goto('/articles/how-long-a-line-wants-to-be')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText('Contents', { exact: true })).toHaveCount(0)
})

test('a line shows how far the text is read, unless motion is not wanted', async ({ page }) => {
  await page.goto(address)
  const line = page.locator('.reading-progress')
  const width = () => line.evaluate((element) => element.getBoundingClientRect().width)
  expect(await width()).toBe(0)
  await page.getByText('Before you go back to bed').last().scrollIntoViewIfNeeded()
  await expect.poll(width).toBeGreaterThan(300)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect(line).toBeHidden()
})

test('what to read next is in the page for the signed-out, and comes when it is near for others', async ({
  page,
  browser,
  baseURL,
}) => {
  const html = await (await page.request.get(address)).text()
  expect(html).toContain('Related articles')
  const reader = await signedOutPage(browser, { javaScriptEnabled: false })
  await reader.goto(`${baseURL}${address}`)
  const more = reader.getByRole('navigation', { name: 'More to read' })
  const before = await more.getByRole('link').first().textContent()
  await more.getByRole('link').first().click()
  await expect(reader.getByRole('heading', { level: 1, name: before ?? '' })).toBeVisible()

  const [account] = demoAccounts
  if (!account) throw new Error('There is no demo account')
  await signIn(page, account)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(address)
  await hydrated(page)
  const own = page.getByRole('navigation', { name: 'More to read' })
  await expect(own).toHaveCount(0)
  await page.locator('#comments').scrollIntoViewIfNeeded()
  await expect(own.getByRole('heading', { name: 'Related articles' })).toBeVisible()
})

test('the address is shared where the device shares', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'share', {
      value: async (data: ShareData) => void Object.assign(window, { shared: data }),
    })
  })
  await page.goto(`${address}#user-content-follow-one-request`)
  await hydrated(page)
  await page.locator('#comments').scrollIntoViewIfNeeded()
  await page.getByRole('button', { name: 'Share' }).click()
  await expect
    .poll(() => page.evaluate(() => Reflect.get(window, 'shared')))
    .toEqual({
      title: 'Reading a log at three in the morning',
      url: new URL(address, page.url()).href,
    })
})

test('a chosen theme is there before the page is, and is chosen before scripts have come', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (!document.body) return
      Object.assign(window, { themeAtFirst: document.documentElement.dataset['theme'] })
      observer.disconnect()
    })
    observer.observe(document, { childList: true, subtree: true })
  })
  // Nothing is hydrated in this page.
  await page.route(/\.js$/, (route) => route.abort())
  await page.goto(address)
  const schemeOf = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
  expect(await schemeOf()).toBe('light dark')
  const dark = page.getByRole('button', { name: 'Dark theme' })
  await dark.click()
  expect(await schemeOf()).toBe('dark')
  await expect(dark).toHaveAttribute('aria-pressed', 'true')

  await page.unroute(/\.js$/)
  await page.reload()
  expect(await page.evaluate(() => Reflect.get(window, 'themeAtFirst'))).toBe('dark')
  await hydrated(page)
  expect(await schemeOf()).toBe('dark')
  await expect(dark).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Theme of the device' }).click()
  await expect(dark).toHaveAttribute('aria-pressed', 'false')
  expect(await schemeOf()).toBe('light dark')
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual([])
})

test('without JavaScript the theme is the device’s, and nothing offers another', async ({
  browser,
  baseURL,
}) => {
  const page = await signedOutPage(browser, { javaScriptEnabled: false })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`${baseURL}${address}`)
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(23, 22, 20)')
  await expect(page.getByRole('group', { name: 'Theme' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Share' })).toBeHidden()
})

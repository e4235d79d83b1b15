import { expect, test } from '@playwright/test'
import { demoAccounts } from '../../dev/seed/people.ts'
import { hydrated, signIn } from '../steps.ts'

test.use({ colorScheme: 'dark' })

test('an article prints as its text alone, black on white', async ({ page }) => {
  const [account] = demoAccounts
  if (!account) throw new Error('There is no demo account')
  await signIn(page, account)
  await page.goto('/articles/reading-a-log-at-three-in-the-morning')
  await hydrated(page)
  await page.getByRole('button', { name: 'Dark theme' }).click()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })

  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('.prose').first()).toBeVisible()
  for (const hidden of ['button', 'nav', '#comments', 'footer', 'textarea']) {
    await expect(page.locator(hidden).filter({ visible: true }), hidden).toHaveCount(0)
  }
  const colours = await page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.body)
    return {
      backgroundColor,
      color,
      scheme: getComputedStyle(document.documentElement).colorScheme,
    }
  })
  expect(colours).toEqual({
    backgroundColor: 'rgb(255, 255, 255)',
    color: 'rgb(0, 0, 0)',
    scheme: 'light',
  })
  // In the middle of the text: what is folded up on the screen, code, addresses, and no links to headings.
  await expect(page.getByText('It is the time in which one process')).toBeVisible()
  await expect(page.locator('.tok-keyword').first()).toHaveCSS('color', 'rgb(163, 40, 92)')
  await expect(page.getByRole('checkbox').filter({ visible: true })).toHaveCount(5)
  await page.setViewportSize({ width: 794, height: 1123 })
  for (const hidden of ['.heading-link', '.data-footnote-backref', 'a[href="/search"]']) {
    await expect(page.locator(hidden).filter({ visible: true }), hidden).toHaveCount(0)
  }
  expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-')
})

import { expect, type Page, test } from '@playwright/test'
import { demoAccounts } from '../../dev/seed/people.ts'
import { site } from '../site.ts'
import { forgetCookies, hydrated, newPerson, signIn, signUp } from '../steps.ts'

test('an article in Arabic says so, and each of its blocks runs in its own direction', async ({
  page,
}) => {
  await page.goto(await addressOfArabic(page))
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveAttribute('lang', 'ar')
  expect(await heading.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl')
  const body = page.locator('article .prose').first()
  await expect(body).toHaveAttribute('lang', 'ar')
  expect(await body.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl')
  await expect(page.locator('html')).toHaveAttribute('lang', site.language)
})

test('no page sets a text of a person in the direction of the page', async ({ page }) => {
  test.slow()
  const person = { ...newPerson('Rtl'), name: 'نور الهدى' }
  await signUp(page, person)
  await page.goto('/settings')
  await hydrated(page)
  await page.getByLabel('About you').fill('أكتب عن المكتبات والفهارس.')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.goto(await addressOfArabic(page))
  await hydrated(page)
  await page
    .getByRole('button', { name: /^Favourite/ })
    .first()
    .click()
  await page.getByLabel('Add a comment').fill('تعليق قصير من قارئة.')
  await page
    .getByRole('button', { name: /comment/i })
    .first()
    .click()
  await page.goto('/authors/hana-yusuf')
  await hydrated(page)
  await page.getByRole('button', { name: 'Follow Hana Yusuf' }).click()

  const pages = [
    '/',
    '/tags',
    `/tags/${encodeURIComponent('فهارس')}`,
    '/authors/hana-yusuf',
    '/authors/hana-yusuf/followers',
    `/authors/${person.username}`,
    '/me/favourites',
    '/settings',
    new URL(await addressOfArabic(page), 'http://localhost').pathname,
  ]
  for (const address of pages) await expectOwnDirections(page, address)

  const [admin] = demoAccounts
  if (!admin) throw new Error('There is no demo account')
  await forgetCookies(page)
  await signIn(page, admin)
  for (const address of ['/admin/people', '/admin/audit', '/editor/new'])
    await expectOwnDirections(page, address)
})

/** The texts in Arabic of a page that stand in its own direction, and the fields that would. */
async function expectOwnDirections(page: Page, address: string) {
  await page.goto(address)
  await page.waitForLoadState('networkidle')
  const wrong = await page.evaluate(() => {
    const found: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.textContent ?? ''
      const parent = node.parentElement
      if (!/[\u0590-\u08ff]/.test(text) || /^(SCRIPT|STYLE)$/.test(parent?.tagName ?? '')) continue
      const isolated = /\u2068[^\u2069]*\u2069/.test(text)
      if (!isolated && !parent?.closest('bdi, [dir="auto"]')) found.push(text)
    }
    const fields = document.querySelectorAll(
      'textarea, input:not([type]), input[type="text"], input[type="search"]',
    )
    for (const field of fields) {
      if (field.getAttribute('dir') !== 'auto') found.push(field.outerHTML.slice(0, 120))
    }
    return found
  })
  expect(wrong, address).toEqual([])
}

async function addressOfArabic(page: Page): Promise<string> {
  const response = await page.request.get('/api/v1/articles?author=hana-yusuf&limit=100')
  const { items } = (await response.json()) as {
    items: { slug: string; language: string | null }[]
  }
  const found = items.find(({ language }) => language === 'ar')
  if (!found) throw new Error('The seed has no article in Arabic')
  return `/articles/${encodeURIComponent(found.slug)}`
}

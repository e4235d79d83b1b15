import { expect, test } from '@playwright/test'
import { demoAccounts } from '../../dev/seed/people.ts'
import { signIn } from '../steps.ts'
import { expectPageAccessible } from '../axe.ts'

// It has all that Markdown offers, and a table of contents.
const article = '/articles/reading-a-log-at-three-in-the-morning'
const archived = '/articles/the-winter-timetable-of-line-12'
const publicPages = {
  reading: [
    '/',
    article,
    archived,
    '/authors/mira-okafor',
    '/authors/mira-okafor/followers',
    '/authors/mira-okafor/following',
    '/tags',
    '/tags/typography',
    '/nothing-here',
  ],
  searching: ['/search', '/search?q=tree', '/search?q=zzyzxq&tag=gardening'],
  entering: ['/sign-up', '/sign-in?problem=identity/denied', '/sign-in/second-factor'],
  mailed: [
    '/forgot-password',
    '/reset-password?token=a',
    '/verify-email?token=a',
    '/confirm-email?token=a',
    '/unsubscribe?token=a',
  ],
}
const ownPages = {
  writing: [
    '/feed',
    '/me/favourites',
    '/me/articles',
    '/me/articles?show=invitations',
    '/me/articles?show=trash',
    '/me/media',
    '/editor/new',
    article,
  ],
  notifications: ['/notifications', '/notifications?show=unread', '/settings/notifications'],
  settings: ['', '/account', '/security', '/connections', '/tokens', '/activity'].map(
    (page) => `/settings${page}`,
  ),
  administration: [
    '/admin/people',
    '/admin/drafts?status=in_review',
    '/admin/drafts?status=trash',
    '/admin/media',
    '/admin/health',
    '/admin/jobs',
    '/admin/audit',
    '/admin/settings',
  ],
}

// Many pages each, in three looks.
test.describe.configure({ timeout: 180_000 })

for (const [name, addresses] of Object.entries(publicPages)) {
  test(`axe finds nothing serious for the signed-out: ${name}`, async ({ page }) => {
    for (const address of addresses) await expectPageAccessible(page, address)
  })
}

for (const [name, addresses] of Object.entries(ownPages)) {
  test(`axe finds nothing serious for the signed-in: ${name}`, async ({ page }) => {
    const [account] = demoAccounts
    if (!account) throw new Error('There is no demo account')
    await signIn(page, account)
    for (const address of addresses) await expectPageAccessible(page, address)
  })
}

test('the keyboard reaches the content first, and every control shows its focus', async ({
  page,
}) => {
  await page.goto('/')
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: /skip to/i })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()
})

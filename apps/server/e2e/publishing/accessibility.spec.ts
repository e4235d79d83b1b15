import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { demoAccounts } from '../../dev/seed/people.ts'
import { signIn } from '../steps.ts'

const article = '/articles/how-long-a-line-wants-to-be'
const publicPages = {
  reading: [
    '/',
    article,
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
    '/me/tags',
    '/me/media',
    '/editor/new',
    article,
  ],
  notifications: ['/notifications', '/notifications?show=unread', '/settings/notifications'],
  settings: ['', '/account', '/security', '/connections', '/tokens', '/activity'].map(
    (page) => `/settings${page}`,
  ),
  administration: ['/admin/people', '/admin/drafts', '/admin/media', '/admin/jobs', '/admin/audit'],
}

// Many pages each, in four looks.
test.describe.configure({ timeout: 180_000 })

for (const [name, addresses] of Object.entries(publicPages)) {
  test(`axe finds nothing serious for the signed-out: ${name}`, async ({ page }) => {
    for (const address of addresses) await expectAccessible(page, address)
  })
}

for (const [name, addresses] of Object.entries(ownPages)) {
  test(`axe finds nothing serious for the signed-in: ${name}`, async ({ page }) => {
    const [account] = demoAccounts
    if (!account) throw new Error('There is no demo account')
    await signIn(page, account)
    for (const address of addresses) await expectAccessible(page, address)
  })
}

/** A page is loaded once: its layout follows the width, and its colours the scheme. */
async function expectAccessible(page: Page, address: string) {
  await page.goto(address)
  await page.waitForLoadState('networkidle')
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.evaluate(finishTransitions)
      const axe = new AxeBuilder({ page })
      // The second scheme changes colours alone.
      if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block'])
      const { violations } = await axe.analyze()
      const serious = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
      expect(serious, `${address}, ${colorScheme}, ${width} px`).toEqual([])
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `${address} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0)
  }
}

/** Colours on their way from one scheme to the other are nobody's choice. */
function finishTransitions() {
  for (const animation of document.getAnimations()) {
    if (animation instanceof CSSTransition) animation.finish()
  }
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

import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/**
 * What axe finds serious on a page, or in the part that a selector finds. Messages of what was done are left out: they come and
 * fade while the page is looked at.
 */
export async function seriousFaults(page: Page, { within }: { within?: string } = {}) {
  await page.evaluate(finishTransitions)
  const axe = new AxeBuilder({ page }).exclude('[aria-label="Status messages"]')
  if (within !== undefined) axe.include(within)
  const { violations } = await axe.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
}

/** Looks at the page as it stands, on a telephone and on a desktop. */
export async function expectAccessible(page: Page, widths = [390, 1280]) {
  const address = page.url()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    expect(await seriousFaults(page), `${address}, ${width} px`).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `${address} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0)
  }
}

/** Loads a page and looks at it: on a telephone in the dark, on a desktop in the light. */
export async function expectPageAccessible(page: Page, address: string) {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(address)
  await page.waitForLoadState('networkidle')
  await expectAccessible(page, [390])
  await page.emulateMedia({ colorScheme: 'light' })
  await expectAccessible(page, [1280])
}

/** Colours on their way from one scheme to the other are nobody's choice. */
function finishTransitions() {
  for (const animation of document.getAnimations()) {
    if (animation instanceof CSSTransition) animation.finish()
  }
}

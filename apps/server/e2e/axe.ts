import { expect, type Page } from '@playwright/test'
import axe, { type ContextObject } from 'axe-core'

/**
 * What axe finds serious on a page, or in the part that a selector finds. Messages of what was done are left out: they come and
 * fade while the page is looked at.
 */
export async function seriousFaults(page: Page, { within }: { within?: string } = {}) {
  await page.evaluate(finishTransitions)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const violations = await page.evaluate(runAxe, {
    exclude: ['[aria-label="Status messages"]'],
    ...(within !== undefined && { include: [within] }),
  })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
}

/** In the page. What passes is not described, which takes longer than to look; there are no frames. */
async function runAxe(context: ContextObject) {
  const { run }: typeof axe = Reflect.get(window, 'axe')
  const { violations } = await run(context, { resultTypes: ['violations'] })
  return violations
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

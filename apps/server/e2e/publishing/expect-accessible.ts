import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** A page is loaded once: its layout follows the width, and its colours the scheme. */
export async function expectAccessible(page: Page, address: string) {
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

import { expect, test } from '@playwright/test'
import { hydrated } from '../steps.ts'

test('open pages offer to reload once Galley was updated under them', async ({ page }) => {
  await page.goto('/')
  await hydrated(page)
  // Stands in for a server that came later: its responses are for a contract that broke this one.
  await page.route('**/trpc/**', async (route) => {
    const response = await route.fetch()
    const headers = { ...response.headers(), 'galley-contract': '999.000000000000' }
    await route.fulfill({ response, headers })
  })
  await page.getByRole('link', { name: /Older articles/ }).click()
  await expect(page).toHaveURL(/cursor=/)
  await expect(page.getByText('Galley has been updated')).toBeVisible()
  await page.unrouteAll({ behavior: 'wait' })
  const reloaded = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Reload' }).click()
  await reloaded
  await hydrated(page)
  await expect(page.getByText('Galley has been updated')).toHaveCount(0)
})

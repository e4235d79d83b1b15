import { expect, type Page, test } from '@playwright/test'
import { seriousFaults } from '../axe.ts'

/** Faults of the library that makes the page, as docs/rest-api.md says. */
const knownFaults = ['button-name', 'color-contrast']

/** What the browser asks for, and what it says that it should not. */
function watch(page: Page) {
  const addresses: string[] = []
  const faults: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  return { addresses, faults }
}

const screens = [
  ['a desktop', { width: 1280, height: 900 }],
  ['a phone', { width: 390, height: 844 }],
] as const

for (const [name, viewport] of screens) {
  test.describe(`on ${name}`, () => {
    test.use({ viewport })

    test('the API reference shows every slice, and asks nobody but this server', async ({
      page,
      baseURL,
    }) => {
      const { addresses, faults } = watch(page)
      await page.goto('/api/reference')
      await expect(page.getByRole('heading', { name: 'Galley API', level: 1 })).toBeVisible()
      await expect(page.getByRole('heading', { name: 'Sign in as an API client' })).toBeVisible()
      const serious = await seriousFaults(page)
      expect(serious.filter((fault) => !knownFaults.includes(fault.split(':')[0] ?? ''))).toEqual(
        [],
      )
      await page.goto('/api/reference#tag/articles/GET/articles')
      await page.reload()
      await expect(page.getByRole('heading', { name: 'List published articles' })).toBeVisible()
      await page.waitForLoadState('networkidle')
      const spill = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(spill).toBe(0)
      const elsewhere = addresses.filter(
        (address) => /^(https?|wss?):/.test(address) && !address.startsWith(`${baseURL}/`),
      )
      expect(elsewhere).toEqual([])
      expect(addresses.some((address) => address.endsWith('/api/v1/openapi.json'))).toBe(true)
      expect(faults).toEqual([])
    })
  })
}

import { expect, test } from '@playwright/test'
import { hydrated, newPerson, signUp } from '../steps.ts'

test.describe('in the zone of the reader', () => {
  test.use({ timezoneId: 'Asia/Kolkata', javaScriptEnabled: true })

  test('times are the reader’s, with the UTC one on hover', async ({ page }) => {
    const faults: string[] = []
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    await page.goto('/articles/compost-is-a-fire-that-breathes')
    await hydrated(page)
    const time = page.locator('#comments time').first()
    const moment = (await time.getAttribute('datetime')) ?? ''
    const format = (timeZone: string) =>
      new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
        new Date(moment),
      )
    await expect(time).toHaveText(format('Asia/Kolkata'))
    await expect(time).toHaveAttribute('title', `${format('UTC')} UTC`)
    expect(faults).toEqual([])
  })
})

test('a page for admins is for others like one that does not exist', async ({ page }) => {
  await signUp(page, newPerson('Curious'))
  await page.goto('/nothing-here')
  const title = await page.title()
  for (const address of [
    '/admin',
    '/admin/people',
    '/admin/jobs',
    '/admin/audit',
    '/admin/settings',
  ]) {
    const response = await page.goto(address)
    expect(response?.status(), address).toBe(404)
    expect(await page.title(), address).toBe(title)
    await expect(page.getByText('Administration')).toHaveCount(0)
  }
})

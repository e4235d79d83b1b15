import { expect, type Page, test } from '@playwright/test'
import { newPerson, signUp } from '../steps.ts'
import { writeDraft } from './drafts.ts'

/** What the browser's console and page say that it should not. */
function faultsOf(page: Page) {
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  return faults
}

test('every page runs under the content security policy without a word in the console (HD1)', async ({
  page,
}) => {
  const faults = faultsOf(page)
  await signUp(page, newPerson('Policy'))
  for (const address of [
    '/',
    '/articles/plant-the-tree-small',
    '/authors/mira-okafor',
    '/tags',
    '/me/articles',
    '/settings',
    '/settings/security',
    '/settings/tokens',
    '/editor/new',
  ]) {
    const response = await page.goto(address)
    expect(response?.headers()['content-security-policy']).toContain("script-src 'self' 'nonce-")
    await page.waitForLoadState('networkidle')
  }
  expect(faults).toEqual([])
})

test('a page that is kept for all who are signed out runs its scripts by their hashes (HD1)', async ({
  page,
}) => {
  const faults = faultsOf(page)
  for (const address of [
    '/',
    '/?utm_source=x',
    '/articles/plant-the-tree-small',
    '/authors/mira-okafor',
    '/tags',
    '/tags/typography',
  ]) {
    const response = await page.goto(address)
    const { 'content-security-policy': policy = '', ...headers } = response?.headers() ?? {}
    expect(policy).toMatch(/script-src 'self'( 'sha256-[^']+')+;style-src 'self';/)
    expect(policy + (await response?.text())).not.toContain('nonce')
    // What is kept for longer than it is fresh is asked for again each time.
    expect(headers['cache-control']).toMatch(/^public, max-age=0, (s-maxage=\d+|must-revalidate)$/)
    // The scripts have run: without them nothing chooses a theme.
    await page.getByRole('button', { name: 'Dark theme' }).click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await page.waitForLoadState('networkidle')
  }
  expect(faults).toEqual([])
})

test('hostile Markdown, titles and names run nothing (XS1)', async ({ page }) => {
  let ran = 0
  await page.exposeFunction('tripwire', () => ran++)
  const faults = faultsOf(page)
  const hostile = `<img src=x onerror=tripwire()> </script><script>tripwire()</script> <svg onload=tripwire()>`
  const person = { ...newPerson('Hostile'), name: `"><script>tripwire()</script>` }
  await signUp(page, person)
  await writeDraft(page, {
    title: hostile,
    body: `${hostile}\n\n[link](javascript:tripwire())\n\n![x](data:text/html,<script>tripwire()</script>)`,
  })
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(hostile)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(hostile)
  await page.goto('/')
  await page.goto(`/authors/${person.username}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(person.name)
  expect(ran).toBe(0)
  expect(faults).toEqual([])
})

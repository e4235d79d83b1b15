import { type APIRequestContext, expect, test } from '@playwright/test'
import { hydrated } from '../steps.ts'

const article = '/articles/how-long-a-line-wants-to-be'

const addresses = ['/', article, '/authors/mira-okafor', '/tags']

test('a page rendered twice is the same for who has it', async ({ request }) => {
  // Side by side: each waits for pages to grow old.
  await Promise.all(addresses.map((address) => expectSame(request, address)))
})

async function expectSame(request: APIRequestContext, address: string) {
  const get = (headers: Record<string, string> = {}) =>
    request.get(address, { headers: { accept: 'text/html', ...headers } })
  const madeAt = async () => Date.parse((await get()).headers()['last-modified'] ?? '')
  // Other tests change what is shown meanwhile, but not always.
  await expect(async () => {
    const first = await get()
    const { etag = '', 'last-modified': made = '' } = first.headers()
    // Of one rendering it differs by a second at most, while that second lasts.
    const later = Date.parse(made) + 2000
    await expect.poll(madeAt, { message: address, timeout: 15_000 }).toBeGreaterThanOrEqual(later)
    expect(await (await get()).text(), address).toBe(await first.text())
    expect((await get({ 'if-none-match': etag })).status(), address).toBe(304)
  }).toPass()
}

test('what a browser has it asks for by its tag, and takes over without a call', async ({
  page,
}) => {
  const calls: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/trpc/')) calls.push(request.url())
  })
  await page.goto('/')
  await hydrated(page)
  await page.waitForLoadState('networkidle')
  expect(calls).toEqual([])
})

import { expect, type Page, test } from '@playwright/test'

const pages = [
  '/',
  '/articles/how-a-server-should-say-goodbye',
  '/authors/mira-okafor',
  '/tags',
  '/tags/typography',
]

/** Words that only the editor, the settings and the forms of an account have in them. */
const foreign = ['Cover picture', 'Recovery codes', 'Write or preview', 'New e-mail address']

const mostFiles = 12
const mostBytes = 120_000

for (const address of pages) {
  test(`${address} loads at most ${mostFiles} scripts of 120 kB, and none of the editor or the settings`, async ({
    page,
  }) => {
    const scripts = await scriptsOf(page, address)
    const bytes = scripts.reduce((sum, script) => sum + script.bytes, 0)
    expect(scripts.length).toBeGreaterThan(1)
    expect(scripts.length).toBeLessThanOrEqual(mostFiles)
    expect(bytes, JSON.stringify(scripts.map(({ url, bytes: size }) => [url, size]))).toBeLessThan(
      mostBytes,
    )
    const text = scripts.map(({ content }) => content).join('\n')
    expect(foreign.filter((words) => text.includes(words))).toEqual([])
  })
}

async function scriptsOf(page: Page, address: string) {
  await page.goto(address)
  await page.waitForLoadState('networkidle')
  const urls = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith('.js')),
  )
  return Promise.all(
    [...new Set(urls)].map(async (url) => {
      // As browsers ask where the line is encrypted.
      const response = await page.request.get(url, { headers: { 'accept-encoding': 'br' } })
      const bytes = Number(response.headers()['content-length'])
      return { url, bytes, content: await response.text() }
    }),
  )
}

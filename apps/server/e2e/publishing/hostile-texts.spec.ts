import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { demoAccounts } from '../../dev/seed/people.ts'
import { newPerson, signIn, signUp } from '../steps.ts'
import { addressesOfSlices, callerOf, word } from './addresses.ts'

const widths = [320, 360, 390, 768, 1280]

const body = `${word(300)} and \`${word(200)}\` and https://example.com/${word(300)}

## ${word(200)}

> ${word(200)}

- ${word(200)}

| ${word(60)} | ${word(60)} | ${word(60)} |
| --- | --- | --- |
| ${word(90)} | ${word(90)} | ${word(90)} |

\`\`\`
${word(400)}
\`\`\`
`

/** The addresses that stand for each route, with what is longest in it. */
const addressesOf = (at: { username: string; slug: string; id: string; tag: string }) => ({
  '/': '/',
  '/$': `/${word(200)}`,
  '/admin': '/admin',
  '/admin/audit': '/admin/audit',
  '/admin/health': '/admin/health',
  '/admin/invitations': '/admin/invitations',
  '/admin/jobs': '/admin/jobs',
  '/admin/media': '/admin/media',
  '/admin/settings': '/admin/settings',
  '/admin/people': `/admin/people?query=${at.username}`,
  '/articles/$slug': `/articles/${at.slug}`,
  '/authors/$username': `/authors/${at.username}`,
  '/confirm-email': '/confirm-email?token=a',
  '/editor/$id': `/editor/${at.id}`,
  '/editor/$id/history': `/editor/${at.id}/history`,
  '/feed': '/feed',
  '/forgot-password': '/forgot-password',
  '/invitation': '/invitation?token=a',
  '/me/media': '/me/media?query=a',
  '/me/articles': ['published', 'in_review', 'trash', 'invitations'].map(
    (show) => `/me/articles?show=${show}`,
  ),
  '/reset-password': '/reset-password?token=a',
  '/settings': '/settings',
  '/settings/account': '/settings/account',
  '/settings/activity': '/settings/activity',
  '/settings/connections': '/settings/connections',
  '/settings/security': '/settings/security',
  '/admin/drafts': '/admin/drafts',
  '/me/favourites': '/me/favourites',
  '/authors/$username/$list': [
    `/authors/${at.username}/followers`,
    `/authors/${at.username}/following`,
  ],
  '/sign-in': '/sign-in?problem=identity/denied',
  '/sign-in/second-factor': '/sign-in/second-factor',
  '/sign-up': '/sign-up',
  '/tags': '/tags',
  '/tags/$slug': `/tags/${at.tag}`,
  '/verify-email': '/verify-email?token=a',
})

const forSignedOut = new Set([
  '/sign-in',
  '/sign-in/second-factor',
  '/sign-up',
  '/forgot-password',
  '/reset-password',
])

test('no text that is allowed makes any page scroll sideways', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000)
  const origin = baseURL ?? ''
  const person = { ...newPerson('Long'), name: word(60) }
  await signUp(page, person)
  const tag = `t-${crypto.randomUUID().slice(0, 8)}-${word(29).toLowerCase()}`
  const content = { title: word(200), description: word(300), body, tags: [tag], coverUrl: null }
  const call = callerOf(page.request, origin)
  await call('users.updateProfile', { bio: word(500) })
  const { id, slug } = await call('articles.create', content)
  await call('articles.publish', { id, version: 1 })
  await call('comments.create', { articleId: id, body })
  await call('favourites.create', { articleId: id })
  await call('follows.create', { username: 'mira-okafor' })
  await call('articles.create', content)

  const addresses: Record<string, string | string[]> = {
    ...addressesOf({ username: person.username, slug, id, tag }),
    ...(await addressesOfSlices(call)),
  }
  expect(Object.keys(addresses).toSorted()).toEqual(routes())
  const admin = await (await browser.newContext({ baseURL })).newPage()
  const [account] = demoAccounts
  if (!account) throw new Error('There is no demo account')
  await signIn(admin, account)
  await callerOf(admin.request, origin)('follows.create', { username: person.username })
  await callerOf(admin.request, origin)('invitations.create', {
    email: `${word(60).toLowerCase()}@${word(60).toLowerCase()}.example`,
    role: 'author',
  })
  const visitor = await (await browser.newContext({ baseURL })).newPage()
  const visits = Object.entries(addresses).flatMap(([route, at]) =>
    [at].flat().map((address) => ({ route, address })),
  )
  for (const { route, address } of visits) {
    const reader = readerOf(route, { page, admin, visitor })
    await reader.goto(address)
    await reader.waitForLoadState('networkidle')
    if (reader !== visitor) await expect(reader, address).not.toHaveURL(/sign-in/)
    for (const width of widths) {
      await reader.setViewportSize({ width, height: 800 })
      expect.soft(await spillOf(reader), `${address} at ${width} px`).toEqual([])
      expect.soft(await brokenWordsOf(reader), `${address} at ${width} px`).toEqual([])
    }
  }
})

function readerOf<P>(
  route: string,
  { page, admin, visitor }: Record<'page' | 'admin' | 'visitor', P>,
) {
  if (forSignedOut.has(route)) return visitor
  // The feed shows the long article to those who follow its author.
  return route.startsWith('/admin') || route === '/feed' ? admin : page
}

/** What reaches past the right edge of the window, outermost first, if the page can be scrolled there. */
const spillOf = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const wide = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    )
    return [
      `${scrollWidth} px`,
      ...wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 200)),
    ]
  })

/** Short words in tables that stand on several lines: a wide table scrolls instead. */
const brokenWordsOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('table :is(th, td)')].flatMap((cell) => {
      const text = cell.firstChild
      if (!(text instanceof Text)) return []
      return [...text.data.matchAll(/\S{2,20}/g)].flatMap((word) => {
        const range = new Range()
        range.setStart(text, word.index)
        range.setEnd(text, word.index + word[0].length)
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
        return lines.size > 1 ? [word[0]] : []
      })
    }),
  )

/** Every address pattern of the web app, so that a new page is measured too. */
function routes(): string[] {
  const file = new URL('../../../web/src/routeTree.gen.ts', import.meta.url)
  const [, list = ''] = /FileRoutesByTo \{(.*?)\n\}/s.exec(readFileSync(file, 'utf8')) ?? []
  return [...list.matchAll(/^ {2}'(.+)':/gm)].map(([, path = '']) => path).toSorted()
}

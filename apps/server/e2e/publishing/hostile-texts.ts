import { type Browser, expect, type Page } from '@playwright/test'
import { demoAccounts } from '../../dev/seed/people.ts'
import { newPerson, signIn, signUp } from '../steps.ts'
import { callerOf, word } from './addresses.ts'

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

const forSignedOut = new Set([
  '/sign-in',
  '/sign-in/second-factor',
  '/sign-up',
  '/forgot-password',
  '/reset-password',
])

type Readers = Record<'page' | 'admin' | 'visitor', Page>

/** Somebody with all that is allowed to be long, and who looks at it: they themselves, an admin and a visitor. */
export async function insertHostileTexts(page: Page, browser: Browser, baseURL = '') {
  const person = { ...newPerson('Long'), name: word(60) }
  await signUp(page, person)
  const tag = `t-${crypto.randomUUID().slice(0, 8)}-${word(29).toLowerCase()}`
  const content = { title: word(200), description: word(300), body, tags: [tag], coverUrl: null }
  const call = callerOf(page.request, baseURL)
  await call('users.updateProfile', { bio: word(500) })
  const { id, slug } = await call('articles.create', content)
  await call('articles.publish', { id, version: 1 })
  await call('comments.create', { articleId: id, body })
  await call('favourites.create', { articleId: id })
  await call('follows.create', { username: 'mira-okafor' })
  await call('articles.create', content)
  const admin = await (await browser.newContext({ baseURL })).newPage()
  const [account] = demoAccounts
  if (!account) throw new Error('There is no demo account')
  await signIn(admin, account)
  const asAdmin = callerOf(admin.request, baseURL)
  await asAdmin('follows.create', { username: person.username })
  await asAdmin('invitations.create', {
    email: `${crypto.randomUUID().slice(0, 8)}${word(52).toLowerCase()}@${word(60).toLowerCase()}.example`,
    role: 'author',
  })
  const visitor = await (await browser.newContext({ baseURL })).newPage()
  return {
    call,
    at: { username: person.username, slug, id, tag },
    readers: { page, admin, visitor },
  }
}

/** None of these pages can be scrolled sideways, whatever the width of the window. */
export async function expectNoSpill(
  readers: Readers,
  addresses: Record<string, string | string[]>,
) {
  const visits = Object.entries(addresses).flatMap(([route, at]) =>
    [at].flat().map((address) => ({ route, address })),
  )
  for (const { route, address } of visits) {
    const reader = readerOf(route, readers)
    await reader.goto(address)
    await reader.waitForLoadState('networkidle')
    if (reader !== readers.visitor) await expect(reader, address).not.toHaveURL(/sign-in/)
    for (const width of widths) {
      await reader.setViewportSize({ width, height: 800 })
      expect.soft(await spillOf(reader), `${address} at ${width} px`).toEqual([])
      expect.soft(await brokenWordsOf(reader), `${address} at ${width} px`).toEqual([])
    }
  }
}

function readerOf(route: string, { page, admin, visitor }: Readers) {
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

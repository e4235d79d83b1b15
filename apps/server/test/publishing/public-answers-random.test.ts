import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom, type Random } from '@galley/testing/random'
import { beforeAll, expect, test } from 'vitest'
import { type TestApp, useApp } from '../app.ts'
import { signUp } from '../people.ts'
import { articlePages } from './article-pages.ts'
import { trpcUrl, useReaders } from './public-reads.ts'

const variables = { PUBLIC_CACHE_MB: '4', RATE_LIMIT_PER_MINUTE: '100000' }
const on = useApp(variables, { webBuild: articlePages })
const beside = useApp(variables, { beside: on, webBuild: articlePages })
const servers = [on, beside]
const { get, write, publish, keptBy, username } = useReaders(on)
let reader: { asBrowser: Record<string, string>; username: string }

beforeAll(async () => {
  reader = await signUp(on)
})

/** How late another server may show a change, with some time for a busy machine; by its age alone it shows it after 5 s or more. */
const HEARD_MS = 1_000 + 2_000

/** What readers are shown of a story: the number in its title at its address and in lists. */
type Shown = { alone: string | undefined; listed: string | undefined }

type Story = {
  n: number
  id: string
  slug: string
  edits: number
  status: 'published' | 'archived' | 'draft' | 'gone'
  /** What was shown up to when, and what is since the last change, which `at` made. */
  before: { shown: Shown; until: number }[]
  at: TestApp
}

const shownOf = ({ edits, status }: Story): Shown => ({
  alone: status === 'published' || status === 'archived' ? String(edits) : undefined,
  listed: status === 'published' ? String(edits) : undefined,
})

async function newStory(n: number): Promise<Story> {
  const { id, slug } = await publish(on, `Story ${n} 0`)
  const before = [{ shown: { alone: undefined, listed: undefined }, until: performance.now() }]
  return { n, id, slug, edits: 0, status: 'published', before, at: on }
}

/** Where a story is read: alone or in lists. */
const places = ({ slug, n }: Story): [string, keyof Shown][] => [
  [`/api/v1/articles/${slug}`, 'alone'],
  [trpcUrl('articles.bySlug', { slug }), 'alone'],
  [`/articles/${slug}`, 'alone'],
  ['/', 'listed'],
  ['/api/v1/articles', 'listed'],
  [trpcUrl('articles.list', { tag: 'kept', limit: 50 }), 'listed'],
  [`/api/v1/articles?author=${username()}`, 'listed'],
  [`/api/v1/search?q=${encodeURIComponent(`"story ${n}"`)}`, 'listed'],
]

const changes = {
  async edit(story: Story, server: TestApp): Promise<Story['status']> {
    const title = `Story ${story.n} ${story.edits + 1}`
    await write('articles.update', { ...named(story), title }, server)
    story.edits += 1
    return story.status
  },
  async publishOrNot(story: Story, server: TestApp): Promise<Story['status']> {
    const verb = story.status === 'draft' ? 'publish' : 'unpublish'
    await write(`articles.${verb}`, named(story), server)
    return verb === 'publish' ? 'published' : 'draft'
  },
  async archiveOrNot(story: Story, server: TestApp): Promise<Story['status']> {
    const verb = story.status === 'archived' ? 'unarchive' : 'archive'
    await write(`articles.${verb}`, named(story), server)
    return verb === 'archive' ? 'archived' : 'published'
  },
  async remove({ id }: Story, server: TestApp): Promise<Story['status']> {
    await write('articles.delete', { id }, server)
    return 'gone'
  },
}

const named = ({ id }: Story) => ({ id, version: 'any' })

/** What may happen to a story next. */
const mayFollow = {
  published: ['edit', 'edit', 'edit', 'publishOrNot', 'archiveOrNot', 'remove'],
  archived: ['archiveOrNot', 'edit'],
  draft: ['publishOrNot', 'edit'],
} as const

test(
  'of 1,000 random writes and reads none shows what is older than its bound',
  { timeout: 180_000 },
  async () => {
    await Promise.all([keptBy(on), keptBy(beside)])
    const seen = { atWriter: 0, heard: 0, signedIn: 0, gone: 0 }
    // Each has stories of its own, and knows what becomes of them.
    await Promise.all(Array.from({ length: 4 }, (_, lane) => wander(lane)))
    expect(seen.atWriter).toBeGreaterThan(200)
    // Reads of the other server of which at least one older answer would have been too old.
    expect(seen.heard).toBeGreaterThan(200)
    expect(seen.signedIn).toBeGreaterThan(50)
    expect(seen.gone).toBeGreaterThan(20)

    async function wander(lane: number) {
      const random = createRandom(20_261_128 + lane)
      const stories = [await newStory(lane * 1_000), await newStory(lane * 1_000 + 1)]
      for (let step = 0; step < 250 || (seen.heard <= 200 && step < 5_000); step += 1) {
        const story = random.pick(stories)
        const server = random.pick(servers)
        if (story.status !== 'gone' && random.next() < 0.2) {
          const shown = shownOf(story)
          story.status = await changes[random.pick(mayFollow[story.status])](story, server)
          story.before.push({ shown, until: performance.now() })
          story.at = server
        } else await check(story, server, random)
        // One that is gone is looked for some time, and another takes its place.
        if (story.status === 'gone' && random.next() < 0.06) {
          stories[stories.indexOf(story)] = await newStory(lane * 1_000 + 2 + step)
        }
      }
    }

    async function check(story: Story, server: TestApp, random: Random) {
      const asked = performance.now()
      const [url, kind] = random.pick(places(story))
      const isSignedIn = random.next() < 0.15
      const { body } = await get(url, isSignedIn ? reader.asBrowser : {}, server)
      const name = isSignedIn ? reader.username : 'nobody'
      const [, readBy = name] = /Read by ([\w-]+)/.exec(body) ?? []
      expect(readBy).toBe(name)
      const found = new RegExp(`Story ${story.n} (\\d+)`).exec(body)?.[1]
      const isAtWriter = server === story.at || isSignedIn
      const since = isAtWriter ? asked : asked - HEARD_MS
      const recent = story.before.filter(({ until }) => until > since).map(({ shown }) => shown)
      const allowed = [...recent, shownOf(story)].map((shown) => shown[kind])
      expect(allowed, `${url} of ${server === on ? 'one' : 'the other'}`).toContain(found)
      if (isSignedIn) seen.signedIn += 1
      else if (isAtWriter) seen.atWriter += 1
      else if (story.before.some(({ shown }) => !allowed.includes(shown[kind]))) seen.heard += 1
      if (story.status === 'gone') seen.gone += 1
    }
  },
)

test('without notifications another server shows a change in 5 s where it is read often, and in 15 s else', async () => {
  await Promise.all([keptBy(on), keptBy(beside)])
  const [often, seldom] = [await newStory(9_000), await newStory(9_001)]
  const titleOf = async ({ slug }: Story) =>
    (await get(`/api/v1/articles/${slug}`, {}, beside)).json().title
  const { announce } = on.deps.domain
  on.deps.domain.announce = (event) => on.deps.publicReads?.announced(event)
  try {
    await sleep(200) // what was announced before is told
    const before = [await titleOf(often), await titleOf(seldom)]
    expect(before).toEqual(['Story 9000 0', 'Story 9001 0'])
    const begun = performance.now()
    for (const story of [often, seldom]) await changes.edit(story, on)
    expect(await titleOf(often)).toBe('Story 9000 0') // nobody has told it
    await expect.poll(() => titleOf(often), { interval: 100 }).toBe('Story 9000 1')
    expect(performance.now() - begun).toBeLessThan(5_000 + 4_000)
    await sleep(Math.max(0, begun + 15_100 - performance.now()))
    expect(await titleOf(seldom)).toBe('Story 9001 1')
  } finally {
    on.deps.domain.announce = announce
  }
})

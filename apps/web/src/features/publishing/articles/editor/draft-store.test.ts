import type {
  ArticleSource,
  CreateArticle,
  UpdateArticle,
} from '@galley/contract/publishing/articles'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { draft } from '../../../../../test/publishing/examples.ts'
import { failedCall, lostCall } from '../../../../lib/failed-call.fixture.ts'
import { emptyContent } from './content.ts'
import { DraftStore } from './draft-store.ts'
import type { KeptDraft } from './local-draft.ts'

/** The server's side of one article: keeps versions as the real one does. */
function createServer(status: ArticleSource['status'] = 'draft') {
  let article: ArticleSource | null = null
  const failures: unknown[] = []
  const write = (change: CreateArticle): ArticleSource => {
    const base = article ?? { ...draft, title: '', body: '', words: 0, status, version: 0 }
    article = { ...base, ...change, version: base.version + 1 }
    return article
  }
  const count = { create: 0, update: 0, load: 0 }
  /** What is on the device, by article. */
  const kept = new Map<string, KeptDraft>()
  const respond = async <Result>(call: keyof typeof count, work: () => Result): Promise<Result> => {
    count[call] += 1
    await Promise.resolve()
    const failure = failures.shift()
    if (failure) throw failure
    return work()
  }
  return {
    /** Makes the next call fail. */
    failNext: (error: unknown) => failures.push(error),
    write,
    current: () => article,
    count,
    kept,
    calls: {
      findLastSave: async () => article && { version: article.version, by: 'Tomas' },
      keep: (id: string | null, keptDraft: KeptDraft) => Boolean(kept.set(id ?? 'new', keptDraft)),
      forget: (id: string | null) => void kept.delete(id ?? 'new'),
      create: (input: CreateArticle) => respond('create', () => write(input)),
      update: ({ id, version, ...change }: UpdateArticle) =>
        respond('update', () => {
          expect(id).toBe(article?.id)
          if (version !== article?.version) throw failedCall('article/stale-version')
          return write(change)
        }),
      load: () =>
        respond('load', () => {
          if (!article) throw failedCall('article/not-found')
          return article
        }),
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const pause = () => vi.advanceTimersByTimeAsync(2_000)

describe('a draft', () => {
  test('is created by the first change and updated by later ones', async () => {
    const server = createServer()
    const store = new DraftStore(null, server.calls)
    store.edit({ title: 'One' })
    expect(server.count.create).toBe(0)
    await pause()
    store.edit({ title: 'Two' })
    store.edit({ body: 'Text' })
    await pause()
    expect(server.count.create).toBe(1)
    expect(server.count.update).toBe(1)
    expect(server.current()).toMatchObject({ title: 'Two', body: 'Text', version: 2 })
    expect(store.isDirty()).toBe(false)
  })

  test('is created once, however fast one types and saves', async () => {
    const server = createServer()
    const store = new DraftStore(null, server.calls)
    store.edit({ title: 'One' })
    const first = store.save()
    store.edit({ title: 'Two' })
    const second = store.save()
    const third = store.save()
    expect(await Promise.all([first, second, third])).toEqual([true, true, true])
    expect(server.count.create).toBe(1)
    expect(server.current()).toMatchObject({ title: 'Two' })
  })

  test('saves what was typed while a save was under way', async () => {
    const server = createServer()
    const store = new DraftStore(null, server.calls)
    store.edit({ title: 'One' })
    const saving = store.save()
    store.edit({ title: 'Two' })
    await saving
    expect(store.isDirty()).toBe(true)
    await pause()
    expect(server.current()).toMatchObject({ title: 'Two' })
  })

  test('that is published meanwhile does not put before readers what was typed since', async () => {
    const server = createServer()
    const store = new DraftStore(null, server.calls)
    store.edit({ title: 'One' })
    await store.save()
    store.edit({ title: 'One, and half a tho' })
    store.accept({ ...server.write({}), status: 'published' })
    await pause()
    expect(server.count.update).toBe(0)
    expect(store.isDirty()).toBe(true)
  })

  test('never sends what the server returned back to it', async () => {
    const server = createServer()
    const store = new DraftStore(null, server.calls)
    store.edit({ title: '  Spaces  around ' })
    await pause()
    await pause()
    expect(server.count.update).toBe(0)
    expect(store.getSnapshot().content.title).toBe('  Spaces  around ')
  })

  test('keeps an invalid field to itself and saves the others', async () => {
    const server = createServer()
    const store = new DraftStore(null, server.calls)
    store.edit({ title: 'One', coverUrl: 'nonsense' })
    await pause()
    expect(server.current()).toMatchObject({ title: 'One', coverUrl: null })
    expect(store.getSnapshot().errors).toHaveProperty('coverUrl')
    expect(store.isDirty()).toBe(true)
    expect(await store.save()).toBe(false)
  })

  test('tries again after a lost connection, and loses nothing', async () => {
    const server = createServer()
    const store = new DraftStore(null, server.calls)
    server.failNext(lostCall())
    store.edit({ body: 'Text' })
    await pause()
    expect(store.getSnapshot()).toMatchObject({ phase: 'failed', content: { body: 'Text' } })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(store.getSnapshot().phase).toBe('idle')
    expect(server.current()).toMatchObject({ body: 'Text' })
  })

  test('says that one is signed out, and does not try again by itself', async () => {
    const server = createServer()
    const store = new DraftStore(null, server.calls)
    server.failNext(failedCall('session/required'))
    store.edit({ body: 'Text' })
    await pause()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(store.getSnapshot().failure).toMatchObject({ signedOut: true })
    expect(server.count.create).toBe(1)
  })
})

test('what is refused though everything is saved does not count as unsaved, and is marked at its field', async () => {
  const server = createServer()
  const store = new DraftStore(null, server.calls)
  store.edit({ title: 'One' })
  await store.save()
  const lacking = [{ path: 'body', message: 'Must not be empty.' }]
  store.refuse('Not published.', failedCall('article/incomplete', lacking))
  expect(store.getSnapshot()).toMatchObject({
    phase: 'idle',
    failure: null,
    errors: { body: 'Must not be empty.' },
    refusal: { title: 'Not published.' },
  })
  store.edit({ body: 'Text' })
  expect(store.getSnapshot().refusal).toBeNull()
})

test('what cannot be published since somebody has changed it brings their changes in', async () => {
  const server = createServer()
  const store = new DraftStore(server.write({ title: 'One', body: 'Text' }), server.calls)
  server.write({ body: 'Their text' })
  store.refuse('Not published.', failedCall('article/stale-version'))
  await pause()
  expect(store.getSnapshot()).toMatchObject({
    phase: 'idle',
    refusal: { title: 'Not published.' },
    content: { body: 'Their text' },
    merged: { by: 'Tomas' },
  })
})

test('a published article waits to be saved', async () => {
  const server = createServer('published')
  const store = new DraftStore(server.write({ title: 'One' }), server.calls)
  store.edit({ title: 'Two' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(server.count.update).toBe(0)
  expect(await store.save()).toBe(true)
  expect(server.current()).toMatchObject({ title: 'Two' })
})

describe('what somebody else has saved', () => {
  const base = { title: 'Old', body: 'One.\n\nTwo.\n\nThree.' }
  const open = (status?: ArticleSource['status']) => {
    const server = createServer(status)
    return { server, store: new DraftStore(server.write(base), server.calls) }
  }

  test('is merged with what is typed here, and saved', async () => {
    const { server, store } = open()
    server.write({ title: 'Theirs', body: 'One!\n\nTwo.\n\nThree.' })
    store.edit({ body: 'One.\n\nTwo.\n\nThree, mine.' })
    await pause()
    const both = { title: 'Theirs', body: 'One!\n\nTwo.\n\nThree, mine.' }
    expect(server.current()).toMatchObject({ ...both, version: 3 })
    expect(store.getSnapshot()).toMatchObject({ content: both, merged: { by: 'Tomas' } })
    expect(store.isDirty()).toBe(false)
  })

  test('is shown as soon as it is heard of, without a save of nothing', async () => {
    const { server, store } = open()
    const { version } = server.write({ title: 'Theirs' })
    await store.hear(version)
    await pause()
    expect(store.getSnapshot()).toMatchObject({ content: { title: 'Theirs' }, phase: 'idle' })
    expect(server.count.update).toBe(0)
    await store.hear(version)
    expect(server.count.load).toBe(1)
  })

  test('leaves what is being typed as it is, with its spaces', async () => {
    const { server, store } = open()
    store.edit({ title: 'Old and ' })
    await store.hear(server.write({ description: 'Theirs' }).version)
    expect(store.getSnapshot().content).toMatchObject({ title: 'Old and ', description: 'Theirs' })
  })

  test('of a published article is merged here first, and saved when it has been looked at', async () => {
    const { server, store } = open('published')
    server.write({ description: 'Theirs' })
    store.edit({ title: 'Mine' })
    expect(await store.save()).toBe(false)
    expect(server.current()).toMatchObject({ title: 'Old', description: 'Theirs' })
    expect(store.getSnapshot()).toMatchObject({
      content: { title: 'Mine', description: 'Theirs' },
      refusal: { title: expect.stringContaining('Somebody else') },
    })
    expect(await store.save()).toBe(true)
    expect(server.current()).toMatchObject({ title: 'Mine', description: 'Theirs' })
  })

  test('is tried again when it cannot be fetched, and nothing is lost', async () => {
    const { server, store } = open()
    server.write({ description: 'Theirs' })
    server.failNext(failedCall('article/stale-version'))
    server.failNext(lostCall())
    store.edit({ title: 'Mine' })
    await pause()
    expect(store.getSnapshot()).toMatchObject({ phase: 'failed', content: { title: 'Mine' } })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(server.current()).toMatchObject({ title: 'Mine', description: 'Theirs' })
  })
})

describe('without a connection', () => {
  test('what is typed is on the device until it is saved', async () => {
    const server = createServer()
    const store = new DraftStore(null, server.calls)
    server.failNext(lostCall())
    store.edit({ body: 'Text' })
    await pause()
    expect(store.getSnapshot()).toMatchObject({ phase: 'failed', isKept: true })
    expect(server.kept.get('new')).toMatchObject({ content: { body: 'Text' }, base: null })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(store.getSnapshot()).toMatchObject({ phase: 'idle', isKept: false })
    expect(server.kept.size).toBe(0)
  })

  test('saving is tried again at growing intervals, and at once when the connection is back', async () => {
    const server = createServer()
    const store = new DraftStore(null, server.calls)
    for (let failures = 0; failures < 12; failures += 1) server.failNext(lostCall())
    store.edit({ body: 'Text' })
    await vi.advanceTimersByTimeAsync(120_000)
    const tried = server.count.create
    expect(tried).toBeLessThan(9)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(server.count.create - tried).toBeLessThanOrEqual(3)
    while (server.count.create < 12) await vi.advanceTimersByTimeAsync(10_000)
    expect(store.getSnapshot().phase).toBe('failed')
    store.reconnect()
    await vi.advanceTimersByTimeAsync(0)
    expect(server.current()).toMatchObject({ body: 'Text' })
  })

  test('what a page left behind goes on over the same version', async () => {
    const server = createServer()
    const article = server.write({ title: 'Old', body: 'Old' })
    const store = new DraftStore(article, server.calls)
    const content = { ...store.getSnapshot().content, body: 'Written offline' }
    store.recover({ content, base: article, at: '2026-03-14T08:30:00.000Z' })
    expect(store.getSnapshot()).toMatchObject({ recovered: '2026-03-14T08:30:00.000Z' })
    await pause()
    expect(server.current()).toMatchObject({ title: 'Old', body: 'Written offline' })
  })

  test('what a page left behind is merged with what was saved since', async () => {
    const server = createServer()
    const article = server.write({ title: 'Old', body: 'Old' })
    const store = new DraftStore(server.write({ title: 'Theirs' }), server.calls)
    const content = { ...emptyContent, title: 'Old', body: 'Written offline' }
    store.recover({ content, base: article, at: '2026-03-14T08:30:00.000Z' })
    await pause()
    expect(server.current()).toMatchObject({ title: 'Theirs', body: 'Written offline' })
  })

  test('what a page left behind can be given up', async () => {
    const server = createServer()
    const article = server.write({ title: 'Old', body: 'Old' })
    const store = new DraftStore(article, server.calls)
    const content = { ...store.getSnapshot().content, body: 'Written offline' }
    store.recover({ content, base: article, at: '2026-03-14T08:30:00.000Z' })
    store.dropRecovered()
    await pause()
    expect(server.count.update).toBe(0)
    expect(store.getSnapshot()).toMatchObject({ content: { body: 'Old' }, recovered: null })
    expect(server.kept.size).toBe(0)
  })
})

describe('a conflict', () => {
  async function conflict() {
    const server = createServer()
    const store = new DraftStore(server.write({ title: 'Old', body: 'Old' }), server.calls)
    server.write({ title: 'Theirs', description: 'Theirs' })
    store.edit({ title: 'Mine' })
    await pause()
    expect(store.getSnapshot()).toMatchObject({ phase: 'conflict', content: { title: 'Mine' } })
    return { server, store }
  }

  test('stops saving until it is decided', async () => {
    const { server, store } = await conflict()
    store.edit({ body: 'More of mine' })
    await pause()
    expect(await store.save()).toBe(false)
    expect(server.current()).toMatchObject({ title: 'Theirs', body: 'Old' })
    expect(store.isDirty()).toBe(true)
  })

  test('keeping mine saves mine over theirs where both changed the same', async () => {
    const { server, store } = await conflict()
    expect(await store.keepMine()).toBe(true)
    expect(server.current()).toMatchObject({ title: 'Mine', description: 'Theirs', body: 'Old' })
  })

  test('is settled by a choice for each part', async () => {
    const { server, store } = await conflict()
    store.edit({ body: 'Mine' })
    expect(store.merge()?.conflicts).toMatchObject([
      { of: 'Title', mine: 'Mine', theirs: 'Theirs' },
    ])
    expect(await store.settle(['theirs'])).toBe(true)
    expect(server.current()).toMatchObject({ title: 'Theirs', body: 'Mine' })
    expect(store.getSnapshot()).toMatchObject({ phase: 'idle', theirs: null })
  })

  test('that is settled while somebody saves again is merged again', async () => {
    const { server, store } = await conflict()
    server.write({ body: 'Newer' })
    expect(await store.settle(['mine'])).toBe(true)
    expect(server.current()).toMatchObject({ title: 'Mine', body: 'Newer' })
  })

  test('taking theirs sets mine aside, and it can come back', async () => {
    const { server, store } = await conflict()
    store.takeTheirs()
    expect(store.getSnapshot()).toMatchObject({
      phase: 'idle',
      content: { title: 'Theirs' },
      setAside: { title: 'Mine' },
    })
    expect(store.isDirty()).toBe(false)
    store.restoreMine()
    await pause()
    expect(server.current()).toMatchObject({ title: 'Mine' })
  })
})

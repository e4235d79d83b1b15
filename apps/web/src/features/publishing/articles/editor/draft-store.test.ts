import type {
  ArticleSource,
  CreateArticle,
  UpdateArticle,
} from '@galley/contract/publishing/articles'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { draft } from '../../../../../test/publishing/examples.ts'
import { failedCall, lostCall } from '../../../../lib/failed-call.fixture.ts'
import { DraftStore } from './draft-store.ts'

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
    calls: {
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
  store.refuse('Not published.', failedCall('article/stale-version'))
  expect(store.getSnapshot()).toMatchObject({ phase: 'conflict', refusal: null })
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

  test('keeping mine saves all of mine over it', async () => {
    const { server, store } = await conflict()
    expect(await store.keepMine()).toBe(true)
    expect(server.current()).toMatchObject({ title: 'Mine', description: '', body: 'Old' })
  })

  test('taking theirs sets mine aside, and it can come back', async () => {
    const { server, store } = await conflict()
    await store.takeTheirs()
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

  test('stays open when the other version cannot be fetched', async () => {
    const { server, store } = await conflict()
    server.failNext(lostCall())
    await store.takeTheirs()
    expect(store.getSnapshot()).toMatchObject({ phase: 'conflict', content: { title: 'Mine' } })
    expect(store.getSnapshot().failure?.message).toMatch(/could not be reached/)
  })
})

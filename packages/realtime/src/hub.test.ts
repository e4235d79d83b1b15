import { useTestDatabase } from '@galley/testing/database'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { CHANNEL, emit, emitMany } from '../test/events.ts'
import { encodeCursor } from './cursor.ts'
import { createFeed } from './feed.ts'
import { createHub, type Message, type Verdict } from './hub.ts'

const database = useTestDatabase()

const SIGNALS = 'galley_test_signals'

type Hint = { n: number; text?: string }

/** Each event is of the topic of its number, and of `all`. */
function useHub(authorise: (who: string, topics: ReadonlySet<string>) => Verdict = () => free) {
  const { db, listen } = database
  const hub = createHub<string, Hint>({
    feed: createFeed({ db, listen, channel: CHANNEL }),
    hintsOf: ({ payload }) => {
      const hint = payload as Hint
      return [String(hint.n), 'all'].map((topic) => ({ topic, hint }))
    },
    signals: {
      listen,
      channel: SIGNALS,
      hintsOf: (text) => [{ topic: text, hint: { n: Number(text) } }],
    },
    authorise: async (all) => all.map(({ who, topics }) => authorise(who, topics)),
  })
  onTestFinished(() => hub.close())
  return hub
}

const free: Verdict = { denied: new Map() }

type Hub = ReturnType<typeof useHub>

/** Reads a stream until it ends, into `messages`. */
async function watch(
  hub: Hub,
  topics: string[],
  { who = 'somebody', after }: { who?: string; after?: string } = {},
) {
  const left = new AbortController()
  onTestFinished(() => left.abort())
  let overflows = 0
  const stream = await hub.watch(who, new Set(topics), {
    after,
    signal: left.signal,
    onOverflow: () => (overflows += 1),
  })
  const messages: Message<Hint>[] = []
  const ended = (async () => {
    try {
      for await (const message of stream) messages.push(message)
      return undefined
    } catch (error) {
      return error
    }
  })()
  await expect.poll(() => messages.length).toBeGreaterThan(0)
  return {
    messages,
    numbers: () => messages.flatMap(({ hints }) => hints.map(({ n }) => n)),
    lastId: () => messages.at(-1)?.id ?? '',
    overflows: () => overflows,
    leave: () => left.abort(),
    ended,
  }
}

test('events go to those who watch their topic, and a stream begins with its place', async () => {
  const hub = useHub()
  const one = await watch(hub, ['1'])
  const both = await watch(hub, ['1', '2'])
  expect(one.messages).toEqual([{ id: expect.any(String), hints: [], reload: false, ended: [] }])
  await emit(database.db, 1)
  await emit(database.db, 2)
  await expect.poll(both.numbers).toEqual([1, 2])
  expect(one.numbers()).toEqual([1])
  expect(hub.count).toBe(2)
  one.leave()
  both.leave()
  expect([await one.ended, await both.ended, hub.count]).toEqual([undefined, undefined, 0])
})

test('a stream that is cut anywhere goes on at another process without loss or repetition', async () => {
  const [first, second] = [useHub(), useHub()]
  const expected: number[] = []
  const heard: number[] = []
  let after: string | undefined
  for (let turn = 0; turn < 12; turn += 1) {
    const stream = await watch(turn % 2 === 0 ? first : second, ['all'], {
      ...(after && { after }),
    })
    const numbers = [0, 1, 2, 3].map((n) => turn * 4 + n)
    expected.push(...numbers)
    // Some before the cut, some about the same time, the last while nobody listens.
    await Promise.all(numbers.slice(1).map((n) => emit(database.db, n)))
    const least = turn % 3 === 0 ? 2 : 0
    await expect.poll(() => stream.numbers().length).toBeGreaterThanOrEqual(least)
    stream.leave()
    await stream.ended
    heard.push(...stream.numbers())
    after = stream.lastId()
    await emit(database.db, turn * 4)
  }
  const last = await watch(first, ['all'], { ...(after && { after }) })
  heard.push(...last.numbers())
  expect(heard.toSorted((a, b) => a - b)).toEqual(expected.toSorted((a, b) => a - b))
})

test.each([
  ['no id at all', 'x'],
  [
    'an id of another database',
    encodeCursor({ at: { xmin: 1e12, xmax: 1e12, running: [] }, madeAt: 2e9 }),
  ],
  ['an id of long ago', encodeCursor({ at: { xmin: 1, xmax: 1, running: [] }, madeAt: 1 })],
])('what cannot be told one by one is to be read again: %s', async (_, after) => {
  const { messages } = await watch(useHub(), ['all'], { after })
  expect(messages).toEqual([{ id: expect.any(String), hints: [], reload: true, ended: [] }])
})

test('so is more than anybody wants to hear, while somebody watches', async () => {
  const { messages } = await watch(useHub(), ['none'])
  await emitMany(database, 5_001)
  await expect.poll(() => messages.at(-1)).toMatchObject({ hints: [], reload: true })
})

test('who may hear is asked at each event, and once for all whom it concerns', async () => {
  const asked: string[] = []
  const denied = new Set<string>()
  const hub = useHub((who, topics) => {
    asked.push(who)
    return {
      denied: new Map(
        [...topics]
          .filter((topic) => denied.has(`${who} ${topic}`))
          .map((topic) => [topic, new Error('no')]),
      ),
    }
  })
  const [a, b] = await Promise.all([
    watch(hub, ['1', '2'], { who: 'a' }),
    watch(hub, ['1'], { who: 'b' }),
  ])
  denied.add('a 1')
  asked.length = 0
  await emit(database.db, 1)
  await expect.poll(b.numbers).toEqual([1])
  expect(asked.slice(0, 2).toSorted()).toEqual(['a', 'b'])
  expect(a.messages.at(-1)).toMatchObject({ hints: [], ended: ['1'] })
  denied.clear()
  await emit(database.db, 1)
  await emit(database.db, 2)
  await expect.poll(a.numbers).toEqual([2])
  await expect(
    watch(
      useHub(() => ({ denied: new Map([['1', new Error('not here')]]) })),
      ['1'],
    ),
  ).rejects.toThrow('not here')
})

test('who may not go on is sent away within five seconds, and hears of nothing more', async () => {
  const out = new Set<string>()
  const hub = useHub((who) => (out.has(who) ? { error: new Error('signed out') } : free))
  const [gone, stays] = await Promise.all([
    watch(hub, ['1'], { who: 'a' }),
    watch(hub, ['1'], { who: 'b' }),
  ])
  out.add('a')
  await emit(database.db, 1)
  expect(await gone.ended).toEqual(new Error('signed out'))
  await expect.poll(stays.numbers).toEqual([1])
  expect(gone.numbers()).toEqual([])
  // Without any event, too.
  out.add('b')
  const since = performance.now()
  expect(await stays.ended).toEqual(new Error('signed out'))
  expect(performance.now() - since).toBeLessThan(5_000)
  await expect(watch(hub, ['1'], { who: 'a' })).rejects.toThrow('signed out')
})

test('who does not read is given up with a megabyte', async () => {
  const hub = useHub()
  const left = new AbortController()
  let overflows = 0
  const options = { signal: left.signal, onOverflow: () => (overflows += 1) }
  const stream = await hub.watch('slow', new Set(['7']), options)
  const reader = stream[Symbol.asyncIterator]()
  await reader.next()
  const fast = await watch(hub, ['7'])
  const text = 'x'.repeat(100_000)
  for (let n = 0; n < 12; n += 1) await emit(database.db, 7, text)
  await expect.poll(() => overflows).toBe(1)
  expect((await reader.next()).done).toBe(true)
  await expect.poll(() => fast.numbers().length).toBe(12)
  expect(fast.overflows()).toBe(0)
  expect(hub.count).toBe(1)
})

test('a failed look-up ends the streams that it concerns, to be begun again', async () => {
  let isDown = false
  const hub = useHub(() => {
    if (isDown) throw new Error('no database')
    return free
  })
  const stream = await watch(hub, ['1'])
  isDown = true
  await emit(database.db, 1)
  expect(await stream.ended).toMatchObject({ name: 'AbortError' })
  isDown = false
  const again = await watch(hub, ['1'], { after: stream.lastId() })
  expect(again.numbers()).toEqual([1])
})

test('at the end all are asked to come again, one after the other', async () => {
  const hub = useHub()
  const streams = await Promise.all([1, 2, 3, 4].map(() => watch(hub, ['1'])))
  const ends: number[] = []
  const begun = performance.now()
  for (const { ended } of streams) void ended.then(() => ends.push(performance.now() - begun))
  await hub.drain(400)
  expect(await Promise.all(streams.map(({ ended }) => ended))).toEqual(
    streams.map(() => expect.objectContaining({ name: 'AbortError' })),
  )
  expect(ends.at(-1)).toBeGreaterThan(200)
  expect(hub.count).toBe(0)
})

const signal = (n: number) => database.db.execute(sql`select pg_notify(${SIGNALS}, ${String(n)})`)

test('a signal is told to who watches its topic now, many of a moment as one, and moves nobody on', async () => {
  const [here, there] = [useHub(), useHub()]
  const one = await watch(here, ['0', '1'])
  const [two, none] = [await watch(there, ['0', '1']), await watch(there, ['2'])]
  // Both listen by now.
  for (const { numbers } of [one, two]) {
    await expect.poll(async () => [await signal(0), numbers()].at(1)).toContain(0)
  }
  await emit(database.db, 1)
  const events = ({ numbers }: typeof one) => numbers().filter((n) => n === 1)
  await expect.poll(() => [events(one), events(two)]).toEqual([[1], [1]])
  await Promise.all([signal(1), signal(1), signal(1)])
  await expect
    .poll(() => [events(one), events(two)])
    .toEqual([
      [1, 1],
      [1, 1],
    ])
  expect(none.numbers()).toEqual([])
  const [last, before] = one.messages
    .filter(({ hints }) => hints.some(({ n }) => n === 1))
    .toReversed()
  expect(last?.id).toBe(before?.id)
  one.leave()
  await emit(database.db, 1)
  expect((await watch(there, ['1'], { after: one.lastId() })).numbers()).toEqual([1])
})

test('who may hear of a topic no more is told so by its next signal', async () => {
  let isFree = true
  const hub = useHub(() => (isFree ? free : { denied: new Map([['1', new Error('Not for you')]]) }))
  const stream = await watch(hub, ['1', '2'])
  isFree = false
  await expect
    .poll(async () => [await signal(1), stream.messages.at(-1)?.ended].at(1))
    .toEqual(['1'])
  expect(stream.numbers()).toEqual([])
})

import type { Place, PresentPerson } from '@galley/contract/publishing/presence'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPresence } from './create-presence.ts'
import { caretsOf, placeInWords, placeOf } from './place.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const jonas: PresentPerson = {
  person: { username: 'jonas', displayName: 'Jonas Lind', avatarUrl: null },
  place: { field: 'text', heading: 'Second', line: 5, column: 2 },
}

/** A page whose calls are kept, with how the server answers from now on. */
function page() {
  const calls: string[] = []
  const seen: (readonly PresentPerson[])[] = []
  const now: { place: Place | null; failure?: string } = { place: null }
  const reply = async (call: string) => {
    calls.push(call)
    if (now.failure !== undefined) throw new Error(now.failure)
    return { people: [jonas] }
  }
  const presence = createPresence({
    announce: (place) => reply(`announce ${place?.field ?? 'nowhere'} ${place?.line ?? ''}`.trim()),
    list: () => reply('list'),
    leave: () => calls.push('leave'),
    place: () => now.place,
    onChange: (people) => seen.push(people),
    isRefusal: (error) => error instanceof Error && error.message === 'refused',
  })
  const took = () => calls.splice(0)
  return { presence, now, seen, took }
}

test('a page says every ten seconds that it is there, and where at once but no more than once a second', async () => {
  const { presence, now, took, seen } = page()
  presence.moved()
  presence.enter()
  presence.enter()
  await vi.advanceTimersByTimeAsync(9_999)
  expect([took(), seen]).toEqual([['announce nowhere'], [[jonas]]])
  await vi.advanceTimersByTimeAsync(1)
  expect(took()).toEqual(['announce nowhere'])
  for (let line = 1; line <= 30; line += 1) {
    now.place = { field: 'text', line }
    presence.moved()
    await vi.advanceTimersByTimeAsync(100)
  }
  const moves = took()
  expect([moves.length, moves.at(-1)]).toEqual([3, 'announce text 30'])
  presence.moved()
  await vi.advanceTimersByTimeAsync(8_000)
  expect(took()).toEqual([])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(took()).toEqual(['announce text 30'])
})

test('what others do is looked up once a second; who has left hears and says nothing more', async () => {
  const { presence, took, seen } = page()
  presence.enter()
  for (let n = 0; n < 20; n += 1) {
    presence.changed()
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(took()).toEqual(['announce nowhere', 'list', 'list'])
  presence.changed()
  presence.leave()
  presence.leave()
  presence.moved()
  presence.changed()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([took(), seen.at(-1)]).toEqual([['leave'], []])
  presence.enter()
  await vi.advanceTimersByTimeAsync(0)
  expect([took(), seen.at(-1)]).toEqual([['announce nowhere'], [jonas]])
})

test('people are shown for half a minute without a connection, and not at all after a refusal', async () => {
  const { presence, now, seen } = page()
  presence.enter()
  await vi.advanceTimersByTimeAsync(0)
  now.failure = 'offline'
  await vi.advanceTimersByTimeAsync(30_000)
  expect(seen).toEqual([[jonas]])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(seen.at(-1)).toEqual([])
  delete now.failure
  await vi.advanceTimersByTimeAsync(10_000)
  expect(seen.at(-1)).toEqual([jonas])
  now.failure = 'refused'
  await vi.advanceTimersByTimeAsync(10_000)
  expect(seen.at(-1)).toEqual([])
})

test('a place is the heading, line and column of the caret, and can be said', () => {
  const body = '# First\n\nText.\n\n## *Second* \u202E part\n\nMore.'
  const at = (caret: number) => placeOf('text', body, caret)
  expect(placeOf(undefined, body, 3)).toBeNull()
  expect(placeOf('title', body, 3)).toEqual({ field: 'title' })
  expect(at(0)).toEqual({ field: 'text', line: 1, column: 1, heading: 'First' })
  expect(at(body.length)).toEqual({ field: 'text', line: 7, column: 6, heading: 'Second   part' })
  expect(placeOf('text', 'Short.', 900)).toEqual({ field: 'text', line: 1, column: 7 })
  const { person } = jonas
  const places = [null, { field: 'title' as const }, { field: 'text' as const, line: 4 }]
  expect([jonas, ...places.map((place) => ({ person, place }))].map(placeInWords)).toEqual([
    'at “Second”',
    '',
    'in the title',
    'at line 4',
  ])
  expect(caretsOf([jonas, { person, place: null }])).toEqual([
    { name: 'Jonas Lind', line: 5, column: 2 },
  ])
})

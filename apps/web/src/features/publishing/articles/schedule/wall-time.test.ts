import { describe, expect, test } from 'vitest'
import { formatWall, type Moments, momentsOf, offsetName, wallTimeOf } from './wall-time.ts'

type Case = [wall: string, zone: string, expected: unknown, what: string]

const at = (iso: string) => new Date(`${iso}:00Z`)
const once = (iso: string) => ({ kind: 'once', at: at(iso) })
const twice = (first: string, second: string) => ({
  kind: 'twice',
  first: at(first),
  second: at(second),
})
const never = (iso: string, shown: string) => ({ kind: 'never', at: at(iso), shown })

const cases: Case[] = [
  ['2026-03-14T08:30', 'UTC', once('2026-03-14T08:30'), 'UTC'],
  ['2026-07-14T08:30', 'Europe/Berlin', once('2026-07-14T06:30'), 'summer'],
  ['2026-01-14T08:30', 'Europe/Berlin', once('2026-01-14T07:30'), 'winter'],
  ['2026-01-14T08:30', 'Asia/Kolkata', once('2026-01-14T03:00'), 'a zone of half hours'],
  ['2026-01-14T08:30', 'Asia/Kathmandu', once('2026-01-14T02:45'), 'a zone of quarters'],
  ['2026-01-14T08:30', 'Pacific/Kiritimati', once('2026-01-13T18:30'), 'fourteen hours ahead'],
  ['2026-01-14T08:30', 'America/St_Johns', once('2026-01-14T12:00'), 'half an hour behind'],
  ['2026-01-01T00:00', 'Europe/Berlin', once('2025-12-31T23:00'), 'midnight'],
  ['2028-02-29T12:00', 'Asia/Tokyo', once('2028-02-29T03:00'), 'a leap day'],

  ['2026-03-29T01:59', 'Europe/Berlin', once('2026-03-29T00:59'), 'before the gap'],
  [
    '2026-03-29T02:00',
    'Europe/Berlin',
    never('2026-03-29T01:00', '2026-03-29T03:00'),
    'its first minute',
  ],
  [
    '2026-03-29T02:30',
    'Europe/Berlin',
    never('2026-03-29T01:30', '2026-03-29T03:30'),
    'in the gap, north',
  ],
  ['2026-03-29T03:00', 'Europe/Berlin', once('2026-03-29T01:00'), 'after the gap'],
  [
    '2026-03-08T02:15',
    'America/New_York',
    never('2026-03-08T07:15', '2026-03-08T03:15'),
    'in the gap, west',
  ],
  [
    '2026-10-04T02:30',
    'Australia/Sydney',
    never('2026-10-03T16:30', '2026-10-04T03:30'),
    'in the gap, south',
  ],
  [
    '2026-10-04T02:15',
    'Australia/Lord_Howe',
    never('2026-10-03T15:45', '2026-10-04T02:45'),
    'a gap of half an hour',
  ],
  ['2026-10-04T02:30', 'Australia/Lord_Howe', once('2026-10-03T15:30'), 'after it'],
  [
    '2026-09-06T00:30',
    'America/Santiago',
    never('2026-09-06T04:30', '2026-09-06T01:30'),
    'a gap at midnight, south',
  ],
  [
    '2011-12-30T12:00',
    'Pacific/Apia',
    never('2011-12-30T22:00', '2011-12-31T12:00'),
    'a day that was left out',
  ],

  ['2026-10-25T01:59', 'Europe/Berlin', once('2026-10-24T23:59'), 'before the overlap'],
  [
    '2026-10-25T02:00',
    'Europe/Berlin',
    twice('2026-10-25T00:00', '2026-10-25T01:00'),
    'its first minute',
  ],
  [
    '2026-10-25T02:30',
    'Europe/Berlin',
    twice('2026-10-25T00:30', '2026-10-25T01:30'),
    'in the overlap, north',
  ],
  ['2026-10-25T03:00', 'Europe/Berlin', once('2026-10-25T02:00'), 'after the overlap'],
  [
    '2026-11-01T01:30',
    'America/New_York',
    twice('2026-11-01T05:30', '2026-11-01T06:30'),
    'in the overlap, west',
  ],
  [
    '2026-04-05T02:30',
    'Australia/Sydney',
    twice('2026-04-04T15:30', '2026-04-04T16:30'),
    'in the overlap, south',
  ],
  [
    '2026-04-05T01:45',
    'Australia/Lord_Howe',
    twice('2026-04-04T14:45', '2026-04-04T15:15'),
    'an overlap of half an hour',
  ],
]

function lastOf(moments: Moments | null): Date {
  if (!moments) throw new Error('It is no time')
  return moments.kind === 'twice' ? moments.second : moments.at
}

describe('what the clock on the wall shows', () => {
  test.each(cases)('%s in %s', (wall, zone, expected) => {
    expect(momentsOf(wall, zone)).toEqual(expected)
  })

  test.each(['', '2026-03-14', '2026-13-14T08:30', 'soon', '2026-03-14T08:30:00Z'])(
    '%j is no time',
    (wall) => expect(momentsOf(wall, 'UTC')).toBeNull(),
  )

  test('every hour of a year is read back, but for the one that never is', () => {
    for (const [zone, gap] of [
      ['Europe/Berlin', '2026-03-29T02:00'],
      ['Australia/Lord_Howe', '2026-10-04T02:00'],
      ['America/Santiago', '2026-09-06T00:00'],
    ] as const) {
      const walls = Array.from({ length: 365 * 24 }, (_, n) =>
        new Date(Date.UTC(2026, 0, 1) + n * 3_600_000).toISOString().slice(0, 16),
      )
      const changed = walls.filter(
        (wall) => wallTimeOf(lastOf(momentsOf(wall, zone)), zone) !== wall,
      )
      expect(changed).toEqual([gap])
    }
  })
})

test('two moments of one time are told apart by what they are ahead of UTC', () => {
  expect(offsetName(at('2026-10-25T00:30'), 'Europe/Berlin')).toBe('UTC+02:00')
  expect(offsetName(at('2026-10-25T01:30'), 'Europe/Berlin')).toBe('UTC+01:00')
  expect(offsetName(at('2026-01-01T00:00'), 'America/St_Johns')).toBe('UTC−03:30')
  expect(formatWall(at('2026-10-25T01:30'), 'Europe/Berlin')).toBe('25 October 2026 at 02:30')
})

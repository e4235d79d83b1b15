import { expect, test } from 'vitest'
import { formatDay, formatMoment } from './time.tsx'

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const moment = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})

test.for([
  '2026-03-14T08:30:00.000Z',
  '2024-02-29T23:59:59.999Z',
  '2025-12-31T23:59:59Z',
  '2026-01-01T00:00:00+02:00',
  '1999-11-05T12:00:00Z',
])('%s is written as Intl does', (timestamp) => {
  expect(formatDay(timestamp)).toBe(day.format(new Date(timestamp)))
  expect(formatMoment(timestamp)).toBe(`${moment.format(new Date(timestamp))} UTC`)
})

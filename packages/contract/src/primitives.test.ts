import { expect, test } from 'vitest'
import { calendarDate, givenTimestamp, httpUrl, integer } from './primitives.ts'

test.each([
  [givenTimestamp(), '2026-03-14T08:30:00.000Z'],
  [givenTimestamp(), '1000-01-01T00:00:00Z'],
  [calendarDate(), '2028-02-29'],
  [integer(), -2_147_483_648],
  [integer(), 2_147_483_647],
  [httpUrl(), 'https://example.com/a?b=c#d'],
  [httpUrl(), 'HTTP://localhost:8080'],
])('%#: %s is taken as it is', (schema, value) => {
  expect(schema.parse(value)).toBe(value)
})

const years = 'Must be of the years 1000 to 9999.'
const whole = 'Must be a whole number.'
const address = 'Must be an address that begins with https:// or http://.'

test.each([
  [givenTimestamp(), undefined, 'Must be a date and a time.'],
  [givenTimestamp(), '2026-03-14', 'Must be a date and a time.'],
  [givenTimestamp(), '2026-03-14T08:30:00+01:00', 'Must be a date and a time.'],
  [givenTimestamp(), '0000-03-14T08:30:00.000Z', years],
  [calendarDate(), '2026-02-29', 'Must be a date.'],
  [calendarDate(), '0000-01-01', years],
  [calendarDate(), '0099-01-01', years],
  [integer(), '7', whole],
  [integer(), 1.5, whole],
  [integer(), NaN, whole],
  [integer(), null, whole],
  [integer(), 2_147_483_648, 'Must be at most 2,147,483,647.'],
  [integer(), -2_147_483_649, 'Must be at least -2,147,483,648.'],
  [httpUrl(), '', address],
  [httpUrl(), 'example.com', address],
  [httpUrl(), 'javascript:alert(1)', address],
  [httpUrl(), 'https://', address],
  [httpUrl(), 'https://a b', address],
  [httpUrl(), 'https://example.com/"onclick', address],
  [httpUrl(), `https://example.com/${'a'.repeat(2000)}`, 'Must be at most 2,000 characters.'],
])('%#: %s is refused with a reason', (schema, value, message) => {
  expect(schema.safeParse(value).error?.issues[0]?.message).toBe(message)
})

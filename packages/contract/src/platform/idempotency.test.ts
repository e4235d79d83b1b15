import { expect, test } from 'vitest'
import { IdempotencyKey } from './idempotency.ts'

const taken = [
  'a',
  'x'.repeat(255),
  '8e03978e-40d5-43dd-bc93-6894a57f9324',
  '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
  "!#$%&'()*+-./:;<=>?@[]^_`{|}~",
  '"with space, comma"',
  String.raw`"with \"quotes\" and \\ inside"`,
  `"${'x'.repeat(255)}"`,
]

const refused = [
  '',
  ' ',
  '""',
  'x'.repeat(256),
  `"${'x'.repeat(256)}"`,
  'two words',
  'one,two',
  '"one", "two"',
  '"open',
  'open"',
  'mid"dle',
  String.raw`"wrong \escape"`,
  'schlüssel',
  '"schlüssel"',
  'tab\there',
  'line\nbreak',
  'nul\0',
  '"param";a=1',
]

test.each(taken)('ID1 %j is a key', (key) => {
  expect(IdempotencyKey.safeParse(key).success).toBe(true)
})

test.each(refused)('ID1 %j is none', (key) => {
  expect(IdempotencyKey.safeParse(key).success).toBe(false)
})

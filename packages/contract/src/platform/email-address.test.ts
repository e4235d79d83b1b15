import { expect, test } from 'vitest'
import { Email } from './users.ts'

test.each([
  [' Someone@Example.COM ', 'someone@example.com'],
  ['user&co@example.com', 'user&co@example.com'],
  ['x=y@example.com', 'x=y@example.com'],
  ['user/dept@example.com', 'user/dept@example.com'],
  ["o'hara+news@sub.example.co.uk", "o'hara+news@sub.example.co.uk"],
  ['info@xn--80afvemcl9d.xn--p1ai', 'info@xn--80afvemcl9d.xn--p1ai'],
  ['user@münchen.de', 'user@xn--mnchen-3ya.de'],
  ['user@MÜNCHEN.de', 'user@xn--mnchen-3ya.de'],
  ['user@mu\u0308nchen.de', 'user@xn--mnchen-3ya.de'],
  ['user@пример.рф', 'user@xn--e1afmkfd.xn--p1ai'],
  ['user@例え。jp', 'user@xn--r8jz45g.jp'],
])('%j is the address %s', (written, address) => {
  expect(Email.parse(written)).toBe(address)
})

test.each([
  'no address',
  '@example.com',
  'a@',
  'a@localhost',
  'a@example',
  'a@@example.com',
  'a@b@example.com',
  '.a@example.com',
  'a.@example.com',
  'a..b@example.com',
  'a@example..com',
  'a@.example.com',
  'a@example.com.',
  'a@-example.com',
  'a@example-.com',
  'a@192.168.0.1',
  'a@[192.168.0.1]',
  'a@１.２.３.４',
  '"a b"@example.com',
  'a b@example.com',
  'a@exa mple.com',
  'a@example.com\r\nBcc: b@example.com',
  'a@example.com,b@example.com',
  'a<b>@example.com',
  'é@example.com',
  'a@exam%70le.com',
  'a@ü/example.com',
  'a@ü:80.example.com',
  `${'a'.repeat(65)}@example.com`,
  `a@${'b'.repeat(64)}.com`,
])('%j is no address', (written) => {
  expect(Email.safeParse(written).error?.issues.map(({ message }) => message)).toEqual([
    'Must be an e-mail address.',
  ])
})

test('an address has at most 254 characters, as it is stored', () => {
  const domain = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(60)}.de`
  const atMost = `${'u'.repeat(254 - 1 - domain.length)}@${domain}`
  expect(Email.parse(atMost)).toBe(atMost)
  const messages = ['Must be at most 254 characters.']
  for (const long of [`u${atMost}`, `u@${'ü'.repeat(40)}.${'ä.'.repeat(60)}de`, 'x'.repeat(600)]) {
    expect(Email.safeParse(long).error?.issues.map(({ message }) => message)).toEqual(messages)
  }
})

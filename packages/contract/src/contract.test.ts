import { expect, test } from 'vitest'
import { errorReasons } from './errors.ts'
import { PageInput } from './primitives.ts'
import { CreateUser, Email, Password, Username } from './platform/users.ts'

test.each(['\0', 'a\0b', '\uD800', 'x\uDFFF'])(
  'text that cannot be stored is refused: %j (IN1)',
  (text) => {
    expect(Password.safeParse(`password${text}`).success).toBe(false)
  },
)

test('a password has 8 to 128 characters, whatever they are made of', () => {
  expect(Password.safeParse('1234567').success).toBe(false)
  expect(Password.safeParse('12345678').success).toBe(true)
  expect(Password.safeParse('🙂'.repeat(8)).success).toBe(true)
  expect(Password.safeParse('🙂'.repeat(128)).success).toBe(true)
  expect(Password.safeParse('🙂'.repeat(129)).success).toBe(false)
  expect(Password.parse('e\u0301'.repeat(8))).toBe('é'.repeat(8))
})

test('addresses and usernames are lower-cased, and refused by name', () => {
  expect(Email.parse(' Someone@Example.COM ')).toBe('someone@example.com')
  expect(Email.safeParse('no address').success).toBe(false)
  expect(Username.parse('Mira-O')).toBe('mira-o')
  for (const wrong of ['ab', '-abc', 'abc-', 'a b c', 'é-é-é', 'a'.repeat(31)]) {
    expect(Username.safeParse(wrong).success, wrong).toBe(false)
  }
})

test('an unknown field is refused, not dropped', () => {
  const person = {
    email: 'a@example.com',
    username: 'abc',
    displayName: 'A',
    password: 'long enough',
  }
  expect(CreateUser.safeParse(person).success).toBe(true)
  expect(CreateUser.safeParse({ ...person, role: 'admin' }).success).toBe(false)
})

test('a page holds 1 to 100 items, 20 by default', () => {
  expect(PageInput.parse({})).toEqual({ limit: 20 })
  for (const limit of [0, 101, 1.5, -1, '20', Number.NaN]) {
    expect(PageInput.safeParse({ limit }).success, String(limit)).toBe(false)
  }
})

test('reasons are written noun/what-is-wrong and their messages are sentences', () => {
  for (const [reason, { message }] of Object.entries(errorReasons)) {
    expect(reason).toMatch(/^[a-z]+(?:-[a-z]+)*\/[a-z\d-]+$/)
    expect(message).toMatch(/^[A-Z].*\.$|^Internal server error$/)
  }
})

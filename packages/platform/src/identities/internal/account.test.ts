import type { ProviderPerson } from '@galley/auth/identity-providers'
import { expect, test } from 'vitest'
import { toPerson } from './account.ts'

const given: ProviderPerson = {
  subject: '42',
  email: 'Octo@Example.org',
  emailVerified: true,
  username: 'Octo-Cat',
  displayName: '  Octo   Cat ',
  authenticatedAt: null,
  tokens: { accessToken: 'a', refreshToken: null },
}

test('names and addresses are written as ours are', () => {
  expect(toPerson(given)).toEqual({
    subject: '42',
    email: 'octo@example.org',
    emailVerified: true,
    emailRefused: false,
    label: 'Octo-Cat',
    names: ['Octo-Cat', 'Octo Cat'],
    displayName: 'Octo Cat',
    authenticatedAt: null,
    tokens: given.tokens,
  })
})

test('what cannot be ours is as if it had not been said, and an address that is none is not verified', () => {
  const odd = { email: 'no address', username: '\0', displayName: '\uD800' }
  expect(toPerson({ ...given, ...odd })).toMatchObject({
    email: null,
    emailVerified: false,
    emailRefused: true,
    names: [],
    displayName: null,
    label: '42',
  })
  const long = toPerson({ ...given, displayName: 'x'.repeat(5000), username: 'y'.repeat(5000) })
  expect(long).toMatchObject({ displayName: 'x'.repeat(80), label: 'octo@example.org' })
  expect(toPerson({ ...given, email: null })).toMatchObject({ email: null, emailRefused: false })
})

test('a name that is too long is cut between characters', () => {
  const displayName = `${'x'.repeat(79)}👍👍`
  expect(toPerson({ ...given, displayName })).toMatchObject({
    displayName: `${'x'.repeat(79)}👍`,
  })
})

test('an address that providers in other scripts give is an address', () => {
  expect(toPerson({ ...given, email: 'user@münchen.de' })).toMatchObject({
    email: 'user@xn--mnchen-3ya.de',
    emailVerified: true,
  })
})

test.each(['', 'x'.repeat(256), 'a\0b', 'a\nb'])('nobody is known by the subject %j', (subject) => {
  expect(() => toPerson({ ...given, subject })).toThrow(
    expect.objectContaining({ reason: 'identity/provider-failed' }),
  )
})

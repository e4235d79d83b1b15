import { randomBytes, randomUUID } from 'node:crypto'
import { createAuthenticator, flags } from '@galley/testing/authenticator'
import { describe, expect, test } from 'vitest'
import { createPasskeys } from './passkeys.ts'

const origin = 'https://galley.test'
const passkeys = createPasskeys({ name: 'Galley', origin })
const newChallenge = () => randomBytes(32).toString('base64url')
const user = { id: randomUUID(), email: 'ada@example.com', displayName: 'Ada' }

/** An authenticator that holds a registered passkey. */
async function registered(counter = 0) {
  const authenticator = createAuthenticator({ origin })
  const challenge = newChallenge()
  const options = await passkeys.registrationOptions(user, challenge, [])
  const response = authenticator.create(options, { counter })
  const passkey = await passkeys.verifyRegistration(response, challenge)
  if (!passkey) throw new Error('The registration was refused')
  return { authenticator, passkey: { ...passkey, userId: user.id } }
}

test('the options ask for a passkey of this site that verifies its person', async () => {
  const challenge = newChallenge()
  const existing = [{ id: 'AAAA', transports: ['usb'] }]
  expect(await passkeys.registrationOptions(user, challenge, existing)).toMatchObject({
    challenge,
    rp: { id: 'galley.test', name: 'Galley' },
    user: { name: user.email, displayName: 'Ada' },
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: [{ id: 'AAAA', transports: ['usb'] }],
  })
  const signIn = await passkeys.signInOptions(challenge)
  expect(signIn).toMatchObject({ challenge, rpId: 'galley.test', userVerification: 'required' })
  expect(signIn.allowCredentials ?? []).toEqual([])
})

test('the port is no part of what a passkey is bound to', async () => {
  const local = createPasskeys({ name: 'Galley', origin: 'http://localhost:3000' })
  expect(await local.signInOptions(newChallenge())).toMatchObject({ rpId: 'localhost' })
})

describe('registration', () => {
  test('a right response gives the key', async () => {
    const { authenticator, passkey } = await registered()
    expect(passkey).toEqual({
      id: authenticator.id,
      userId: user.id,
      publicKey: expect.stringMatching(/^[\w-]{90,}$/),
      counter: 0,
      transports: ['internal'],
      backedUp: false,
    })
  })

  test.each([
    ['another origin', { origin: 'https://galley.test.evil.example' }],
    ['http in place of https', { origin: 'http://galley.test' }],
    ['another site', { rpId: 'evil.example' }],
    ['another challenge', { challenge: newChallenge() }],
    ['a response of the other ceremony', { type: 'webauthn.get' }],
    ['nobody verified', { flags: flags.present }],
    ['nobody there', { flags: flags.verified }],
    [
      'a maker who vouches for it',
      {
        attestation: {
          fmt: 'packed',
          attStmt: new Map<string, Buffer[]>([['x5c', [Buffer.alloc(8)]]]),
        },
      },
    ],
    ['an unknown kind of attestation', { attestation: { fmt: 'apple', attStmt: new Map() } }],
  ])('%s is refused', async (_name, wrong) => {
    const challenge = newChallenge()
    const response = createAuthenticator({ origin }).create(
      { challenge, user: { id: 'AAAA' } },
      wrong,
    )
    expect(await passkeys.verifyRegistration(response, challenge)).toBeNull()
  })

  test('what is no response is refused, not an error', async () => {
    const challenge = newChallenge()
    const response = createAuthenticator({ origin }).create({ challenge, user: { id: 'AAAA' } })
    for (const garbage of ['', 'AAAA', '____', Buffer.from('{}').toString('base64url')]) {
      for (const part of ['clientDataJSON', 'attestationObject']) {
        const parts = { ...response.response, [part]: garbage }
        expect(
          await passkeys.verifyRegistration({ ...response, response: parts }, challenge),
        ).toBeNull()
      }
    }
  })
})

describe('sign-in', () => {
  test('a right response is accepted', async () => {
    const { authenticator, passkey } = await registered()
    const challenge = newChallenge()
    const everything = flags.present | flags.verified | flags.backupEligible | flags.backedUp
    const response = authenticator.get({ challenge }, { flags: everything })
    expect(passkeys.challengeOf(response)).toBe(challenge)
    expect(await passkeys.verifySignIn(response, challenge, passkey)).toEqual({
      counter: 0,
      backedUp: true,
    })
  })

  test.each([
    ['another origin', { origin: 'https://galley.test.evil.example' }],
    ['another site', { rpId: 'evil.example' }],
    ['another challenge', { challenge: newChallenge() }],
    ['a response of the other ceremony', { type: 'webauthn.create' }],
    ['nobody verified', { flags: flags.present }],
    ['nobody there', { flags: flags.verified }],
    ['somebody else', { userHandle: Buffer.from(randomUUID()).toString('base64url') }],
    ['nobody named', { userHandle: '' }],
  ])('%s is refused', async (_name, wrong) => {
    const { authenticator, passkey } = await registered()
    const challenge = newChallenge()
    const response = authenticator.get({ challenge }, wrong)
    expect(await passkeys.verifySignIn(response, challenge, passkey)).toBeNull()
  })

  test("another key's signature is refused", async () => {
    const { passkey } = await registered()
    const other = await registered()
    const challenge = newChallenge()
    const response = other.authenticator.get({ challenge })
    const claimed = { ...response, id: passkey.id, rawId: passkey.id }
    expect(await passkeys.verifySignIn(claimed, challenge, passkey)).toBeNull()
  })

  test('a counter that does not go up is that of a copy', async () => {
    const { authenticator, passkey } = await registered(5)
    const use = (counter: number) => {
      const challenge = newChallenge()
      return passkeys.verifySignIn(
        authenticator.get({ challenge }, { counter }),
        challenge,
        passkey,
      )
    }
    expect(await use(4)).toBeNull()
    expect(await use(5)).toBeNull()
    expect(await use(0)).toBeNull()
    expect(await use(6)).toMatchObject({ counter: 6 })
  })
})

test('what names no challenge has none', () => {
  const of = (text: string) =>
    passkeys.challengeOf({
      response: { clientDataJSON: Buffer.from(text).toString('base64url') },
    })
  for (const text of ['', 'nothing', 'null', '{}', '{"challenge":5}']) expect(of(text)).toBe('')
})

import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { SignInLimits, SignInThrottle } from '../src/throttle.ts'

const account = { attempts: 5, windowSeconds: 900 }
const address = { attempts: 8, windowSeconds: 3600 }
const key = { account: 'ada@example.org', address: '203.0.113.7' }

/** What every driver of SignInThrottle keeps to; `create` answers one with counters of its own. */
export function describeSignInThrottle(
  driver: string,
  create: (limits?: SignInLimits) => SignInThrottle | Promise<SignInThrottle>,
) {
  describe(`sign-in throttle: ${driver}`, () => {
    test('AU5: of ten parallel attempts exactly five are allowed', async () => {
      const throttle = await create()
      const answers = await Promise.all(Array.from({ length: 10 }, () => throttle.attempt(key)))
      expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5)
    })

    test('AU5: 100 attempts an hour from one address, over whatever accounts', async () => {
      const throttle = await create()
      const answers = await Promise.all(
        Array.from({ length: 120 }, (_, index) =>
          throttle.attempt({ ...key, account: `person-${index}@example.org` }),
        ),
      )
      expect(answers.filter(({ allowed }) => allowed)).toHaveLength(100)
      expect(await throttle.attempt({ ...key, account: 'someone@example.org' })).toMatchObject({
        allowed: false,
      })
    })

    test('a refusal says when to come back, and refused attempts do not put it off', async () => {
      const throttle = await create({ account: { attempts: 1, windowSeconds: 900 }, address })
      await throttle.attempt(key)
      const first = await secondsToWait(throttle)
      expect(first).toBeGreaterThan(890)
      expect(first).toBeLessThanOrEqual(900)
      for (let tries = 0; tries < 3; tries++) await throttle.attempt(key)
      expect(await secondsToWait(throttle)).toBeLessThanOrEqual(first)
    })

    test('the wait of a refused address is that of its window', async () => {
      const throttle = await create({ account, address: { attempts: 1, windowSeconds: 3600 } })
      await throttle.attempt(key)
      const wait = await secondsToWait(throttle)
      expect(wait).toBeGreaterThan(3590)
      expect(wait).toBeLessThanOrEqual(3600)
    })

    test('after the wait attempts are allowed again', async () => {
      const throttle = await create({ account: { attempts: 1, windowSeconds: 2 }, address })
      await throttle.attempt(key)
      const wait = await secondsToWait(throttle)
      expect(wait).toBeGreaterThanOrEqual(1)
      await sleep(wait * 1000 + 50)
      expect(await throttle.attempt(key)).toEqual({ allowed: true })
    })

    test('an account is counted over all addresses, however it is written', async () => {
      const throttle = await create({ account: { attempts: 3, windowSeconds: 900 }, address })
      await throttle.attempt({ account: 'Ada@Example.org', address: '203.0.113.1' })
      await throttle.attempt({ account: ' ada@example.org ', address: '203.0.113.2' })
      await throttle.attempt({ account: 'ADA@EXAMPLE.ORG', address: '2001:db8::1' })
      expect(await throttle.attempt(key)).toMatchObject({ allowed: false })
      expect(await throttle.attempt({ ...key, account: 'bob@example.org' })).toEqual({
        allowed: true,
      })
    })

    test('IN5: an IPv6 network counts as one address, an IPv4-mapped address as IPv4', async () => {
      const throttle = await create({ account, address: { attempts: 2, windowSeconds: 3600 } })
      const from = async (ip: string) => (await throttle.attempt({ ...key, address: ip })).allowed
      expect(await from('2001:db8:1:2::1')).toBe(true)
      expect(await from('2001:db8:1:2:ffff::2')).toBe(true)
      expect(await from('2001:db8:1:2:abcd::3')).toBe(false)
      expect(await from('2001:db8:1:3::1')).toBe(true)
      expect(await from('203.0.113.7')).toBe(true)
      expect(await from('::ffff:203.0.113.7')).toBe(true)
      expect(await from('203.0.113.7')).toBe(false)
    })

    test('a refused address uses up nobody’s attempts', async () => {
      const throttle = await create({
        account: { attempts: 2, windowSeconds: 900 },
        address: { attempts: 1, windowSeconds: 3600 },
      })
      await throttle.attempt({ ...key, account: 'mallory@example.org' })
      for (let tries = 0; tries < 5; tries++) {
        expect(await throttle.attempt(key)).toMatchObject({ allowed: false })
      }
      expect(await throttle.attempt({ ...key, address: '198.51.100.1' })).toEqual({ allowed: true })
      expect(await throttle.attempt({ ...key, address: '198.51.100.2' })).toEqual({ allowed: true })
    })

    test('success gives back the attempts of that account, not those of the address', async () => {
      const throttle = await create({ account: { attempts: 2, windowSeconds: 900 }, address })
      const bob = { ...key, account: 'bob@example.org' }
      for (let tries = 0; tries < 2; tries++) await throttle.attempt(key)
      for (let tries = 0; tries < 2; tries++) await throttle.attempt(bob)
      await throttle.succeeded({ ...key, account: 'ADA@example.org' })
      expect(await throttle.attempt(bob)).toMatchObject({ allowed: false })
      expect(await throttle.attempt(key)).toEqual({ allowed: true })
      expect(await throttle.attempt(key)).toEqual({ allowed: true })
      expect(await throttle.attempt(key)).toMatchObject({ allowed: false })
      await throttle.succeeded(key)
      // Eight attempts came from the address by now.
      expect(await throttle.attempt(key)).toMatchObject({ allowed: false })
    })

    test('success of an account that was never counted changes nothing', async () => {
      const throttle = await create()
      await throttle.succeeded(key)
      const answers = await Promise.all(Array.from({ length: 6 }, () => throttle.attempt(key)))
      expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5)
    })

    test('whatever was typed is counted', async () => {
      const throttle = await create({ account: { attempts: 1, windowSeconds: 900 }, address })
      for (const typed of ['', 'x'.repeat(100_000), '\0', '🦊@example.org']) {
        const odd = { account: typed, address: typed }
        expect(await throttle.attempt(odd)).toEqual({ allowed: true })
        expect(await throttle.attempt(odd)).toMatchObject({ allowed: false })
      }
    })
  })
}

async function secondsToWait(throttle: SignInThrottle): Promise<number> {
  const answer = await throttle.attempt(key)
  if (answer.allowed) throw new Error('the attempt was allowed')
  expect(Number.isInteger(answer.retryAfterSeconds)).toBe(true)
  return answer.retryAfterSeconds
}

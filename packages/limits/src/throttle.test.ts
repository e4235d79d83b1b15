import { expect, test } from 'vitest'
import { describeDrivers, itemAt, testClock, type CreateDrivers } from '../test/drivers.ts'
import { createSignInThrottle, type SignInLimits } from './throttle.ts'

const MINUTE = 60
const account = { attempts: 5, windowSeconds: 900, longestWaitSeconds: 3600 }
const address = { attempts: 8, windowSeconds: 3600 }
const key = { account: 'ada@example.org', address: '203.0.113.7' }
const device = 'a-device-of-hers'

describeDrivers('sign-in throttle', (create) => {
  test('AU5 of ten parallel attempts exactly five are allowed', async () => {
    const { throttle } = await one(create)
    const attempts = await Promise.all(Array.from({ length: 10 }, () => throttle.attempt(key)))
    expect(attempts.filter(({ allowed }) => allowed)).toHaveLength(5)
  })

  test('AU5 the same over two processes and as many addresses', async () => {
    const drivers = await create({ count: 2 })
    const throttles = drivers.map(({ throttles }) => createSignInThrottle(throttles))
    const attempts = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        itemAt(throttles, at % 2).attempt({ ...key, address: `203.0.113.${at}` }),
      ),
    )
    expect(attempts.filter(({ allowed }) => allowed)).toHaveLength(5)
  })

  test('AU5 100 attempts an hour from one address, over whatever accounts', async () => {
    const { throttle } = await one(create)
    const attempts = await Promise.all(
      Array.from({ length: 120 }, (_, index) =>
        throttle.attempt({ ...key, account: `person-${index}@example.org` }),
      ),
    )
    expect(attempts.filter(({ allowed }) => allowed)).toHaveLength(100)
    const next = await throttle.attempt({ ...key, account: 'someone@example.org' })
    expect(next).toMatchObject({ allowed: false })
  })

  test('AU5 in any hour, not only in those that begin with the first attempt', async () => {
    const clock = testClock()
    const { throttle } = await one(create, { clock, limits: { account, address } })
    let accounts = 0
    const tryMany = async (count: number) => {
      let allowed = 0
      for (let tries = 0; tries < count; tries++) {
        const each = { ...key, account: `person-${++accounts}@example.org` }
        if ((await throttle.attempt(each)).allowed) allowed++
      }
      return allowed
    }
    expect(await tryMany(1)).toBe(1)
    clock.advance(59 * MINUTE)
    expect(await tryMany(10)).toBe(7)
    clock.advance(2 * MINUTE)
    expect(await tryMany(10)).toBe(1)
    clock.advance(57 * MINUTE)
    expect(await tryMany(10)).toBe(0)
    clock.advance(2 * MINUTE)
    expect(await tryMany(10)).toBe(7)
  })

  test('AU5 a blocked account has one attempt after 15 min, 30 min and each further hour', async () => {
    const clock = testClock()
    const { throttle } = await one(create, { clock })
    for (let tries = 0; tries < 5; tries++) {
      expect(await throttle.attempt(key)).toEqual({ allowed: true })
    }
    for (const minutes of [15, 30, 60, 60, 60]) {
      const wait = minutes * MINUTE
      expect(await throttle.attempt(key)).toEqual({ allowed: false, retryAfterSeconds: wait })
      clock.advance(wait - 1)
      expect(await throttle.attempt(key)).toEqual({ allowed: false, retryAfterSeconds: 1 })
      clock.advance(1)
      const together = await Promise.all(Array.from({ length: 5 }, () => throttle.attempt(key)))
      expect(together.filter(({ allowed }) => allowed)).toHaveLength(1)
    }
  })

  test('AU5 never more than five in 15 minutes, however they are spread', async () => {
    const clock = testClock()
    const { throttle } = await one(create, { clock })
    const allowed: number[] = []
    for (let second = 0; second < 3 * 3600; second += 100) {
      const each = { ...key, address: `198.51.100.${second % 250}` }
      if ((await throttle.attempt(each)).allowed) allowed.push(second)
      clock.advance(100)
    }
    const most = Math.max(
      ...allowed.map((at) => allowed.filter((each) => each >= at && each < at + 900).length),
    )
    expect(most).toBe(5)
    expect(allowed.length).toBeGreaterThan(6)
  })

  test('attempts are forgotten: free ones after 15 quiet minutes, a growing wait after a day', async () => {
    const clock = testClock()
    const { throttle } = await one(create, { clock })
    const allowedOf = async (count: number) => {
      const attempts = await Promise.all(Array.from({ length: count }, () => throttle.attempt(key)))
      return attempts.filter(({ allowed }) => allowed).length
    }
    expect(await allowedOf(4)).toBe(4)
    clock.advance(15 * MINUTE)
    expect(await allowedOf(7)).toBe(5)
    clock.advance(23 * 60 * MINUTE)
    expect(await allowedOf(7)).toBe(1)
    clock.advance(24 * 60 * MINUTE)
    expect(await allowedOf(7)).toBe(5)
  })

  test('AU5 a clock that goes back neither frees an account nor blocks it for longer', async () => {
    const clock = testClock()
    const { throttle } = await one(create, { clock })
    for (let tries = 0; tries < 5; tries++) await throttle.attempt(key)
    clock.advance(-24 * 60 * MINUTE)
    expect(await throttle.attempt(key)).toEqual({ allowed: false, retryAfterSeconds: 15 * MINUTE })
    clock.advance(15 * MINUTE)
    expect(await throttle.attempt(key)).toEqual({ allowed: true })
    expect(await throttle.attempt(key)).toEqual({ allowed: false, retryAfterSeconds: 30 * MINUTE })
  })

  test('AU5 nor an address', async () => {
    const clock = testClock()
    const { throttle } = await one(create, { clock, limits: { account, address } })
    const attempt = (n: number) => throttle.attempt({ ...key, account: `person-${n}@example.org` })
    for (let tries = 0; tries < 8; tries++) await attempt(tries)
    clock.advance(-24 * 60 * MINUTE)
    expect(await attempt(8)).toEqual({ allowed: false, retryAfterSeconds: 60 * MINUTE })
    clock.advance(60 * MINUTE)
    expect(await attempt(9)).toEqual({ allowed: true })
  })

  test('refused attempts do not put off when the next one is allowed', async () => {
    const clock = testClock()
    const limits = { account: { ...account, attempts: 1 }, address }
    const { throttle } = await one(create, { clock, limits })
    await throttle.attempt(key)
    for (let tries = 0; tries < 3; tries++) {
      expect(await throttle.attempt(key)).toEqual({ allowed: false, retryAfterSeconds: 900 })
    }
    clock.advance(900)
    expect(await throttle.attempt(key)).toEqual({ allowed: true })
  })

  test('a refused address says when to come back', async () => {
    const clock = testClock()
    const limits = { account, address: { attempts: 1, windowSeconds: 3600 } }
    const { throttle } = await one(create, { clock, limits })
    await throttle.attempt(key)
    clock.advance(600)
    expect(await throttle.attempt(key)).toEqual({ allowed: false, retryAfterSeconds: 3000 })
    clock.advance(3000)
    expect(await throttle.attempt(key)).toEqual({ allowed: true })
  })

  test('an account is counted over all addresses, however it is written', async () => {
    const { throttle } = await one(create, {
      limits: { account: { ...account, attempts: 3 }, address },
    })
    await throttle.attempt({ account: 'Ada@Example.org', address: '203.0.113.1' })
    await throttle.attempt({ account: ' ada@example.org ', address: '203.0.113.2' })
    await throttle.attempt({ account: 'ADA@EXAMPLE.ORG', address: '2001:db8::1' })
    expect(await throttle.attempt(key)).toMatchObject({ allowed: false })
    const other = await throttle.attempt({ ...key, account: 'bob@example.org' })
    expect(other).toEqual({ allowed: true })
  })

  test('IN5 an IPv6 network counts as one address, an IPv4-mapped address as IPv4', async () => {
    const limits = { account, address: { attempts: 2, windowSeconds: 3600 } }
    const { throttle } = await one(create, { limits })
    const from = async (ip: string) => (await throttle.attempt({ ...key, address: ip })).allowed
    expect(await from('2001:db8:1:2::1')).toBe(true)
    expect(await from('2001:db8:1:2:ffff::2')).toBe(true)
    expect(await from('2001:db8:1:2:abcd::3')).toBe(false)
    expect(await from('2001:db8:1:3::1')).toBe(true)
    expect(await from('203.0.113.7')).toBe(true)
    await throttle.succeeded(key)
    expect(await from('::ffff:203.0.113.7')).toBe(true)
    expect(await from('203.0.113.7')).toBe(false)
  })

  test('a refused address uses up nobody’s attempts', async () => {
    const { throttle } = await one(create, {
      limits: {
        account: { ...account, attempts: 2 },
        address: { attempts: 1, windowSeconds: 3600 },
      },
    })
    await throttle.attempt({ ...key, account: 'mallory@example.org' })
    for (let tries = 0; tries < 5; tries++) {
      expect(await throttle.attempt(key)).toMatchObject({ allowed: false })
    }
    expect(await throttle.attempt({ ...key, address: '198.51.100.1' })).toEqual({ allowed: true })
    expect(await throttle.attempt({ ...key, address: '198.51.100.2' })).toEqual({ allowed: true })
  })

  test('success gives back the attempts of that account, not those of the address', async () => {
    const { throttle } = await one(create, {
      limits: { account: { ...account, attempts: 2 }, address },
    })
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
    const { throttle } = await one(create)
    await throttle.succeeded(key)
    const attempts = await Promise.all(Array.from({ length: 6 }, () => throttle.attempt(key)))
    expect(attempts.filter(({ allowed }) => allowed)).toHaveLength(5)
  })

  test('AU6 a known device has attempts of its own, and no more than others', async () => {
    const { throttle } = await one(create)
    for (let tries = 0; tries < 6; tries++) await throttle.attempt(key)
    expect(await throttle.attempt(key)).toMatchObject({ allowed: false })
    const hers = { ...key, device }
    const attempts = await Promise.all(Array.from({ length: 10 }, () => throttle.attempt(hers)))
    expect(attempts.filter(({ allowed }) => allowed)).toHaveLength(5)
    await throttle.succeeded(hers)
    expect(await throttle.attempt(hers)).toEqual({ allowed: true })
    expect(await throttle.attempt(key)).toMatchObject({ allowed: false })
  })

  test('whatever was typed is counted', async () => {
    const { throttle } = await one(create, {
      limits: { account: { ...account, attempts: 1 }, address },
    })
    for (const typed of ['', 'x'.repeat(100_000), '\0', '🦊@example.org']) {
      const odd = { account: typed, address: typed }
      expect(await throttle.attempt(odd)).toEqual({ allowed: true })
      expect(await throttle.attempt(odd)).toMatchObject({ allowed: false })
    }
  })
})

type Setup = { clock?: ReturnType<typeof testClock>; limits?: SignInLimits }

async function one(create: CreateDrivers, { clock, limits }: Setup = {}) {
  const driver = itemAt(await create({ now: clock?.now }), 0)
  return { throttle: createSignInThrottle(driver.throttles, limits) }
}

import { noRedisBinary, startTestRedis, type TestRedis } from '@galley/testing/redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useApp, type TestApp } from '../../app.ts'
import { password, signUp } from '../../people.ts'

const list = '/trpc/site.get'

/** Runs `work` for 0 to `count` - 1, so many at a time. */
async function inParallel(count: number, width: number, work: (at: number) => Promise<void>) {
  let next = 0
  const run = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: width }, run))
}

/** A sign-in through the proxy at 10.0.0.1 from `address`. */
const signInFrom = (on: TestApp, address: string, email: string, typed = 'a wrong guess') =>
  on.app.inject({
    method: 'POST',
    url: '/trpc/sessions.create',
    remoteAddress: '10.0.0.1',
    headers: { 'x-forwarded-for': address, 'content-type': 'application/json' },
    payload: { email, password: typed },
  })

describe('IN5 two servers, one quota', () => {
  const quota = 1000
  const variables = { RATE_LIMIT_PER_MINUTE: String(quota), LOG_LEVEL: 'silent' }
  const one = useApp(variables)
  const two = useApp(variables, { beside: one })

  test(
    '2 x 2,000 requests: no more than 5 % too many, none lost',
    { timeout: 60_000 },
    async () => {
      const statuses: number[] = []
      const remoteAddress = '192.0.2.1'
      const began = Date.now()
      await inParallel(4000, 20, async (at) => {
        const { statusCode } = await (at % 2 ? one : two).app.inject({ url: list, remoteAddress })
        statuses.push(statusCode)
      })
      // Within one window nothing comes back.
      expect(Date.now() - began).toBeLessThan(59_000)
      const passed = statuses.filter((status) => status === 200).length
      expect(passed).toBeGreaterThanOrEqual(quota * 0.95)
      expect(passed).toBeLessThanOrEqual(quota * 1.05)
      expect(statuses.filter((status) => status === 429)).toHaveLength(4000 - passed)
    },
  )

  test('a caller that does little costs a statement a block', async () => {
    const counted = async () => {
      const [row] = await one.database.sql`
        select current from rate_counters where key = 'calls:address:192.0.2.2'`
      return row?.current
    }
    const remoteAddress = '192.0.2.2'
    await one.app.inject({ url: list, remoteAddress })
    expect(await counted()).toBe(20)
    for (let calls = 0; calls < 19; calls++) await one.app.inject({ url: list, remoteAddress })
    expect(await counted()).toBe(20)
    const { headers } = await two.app.inject({ url: list, remoteAddress })
    expect(await counted()).toBe(40)
    expect(headers.ratelimit).toContain('r=979;')
  })
})

describe('stricter allowances', () => {
  const on = useApp({ RATE_LIMIT_PER_MINUTE: '600' })
  const twin = useApp({ RATE_LIMIT_PER_MINUTE: '600' }, { beside: on })
  const askForReset = (app: TestApp, remoteAddress: string, headers = {}) =>
    app.app.inject({
      method: 'POST',
      url: '/trpc/credentials.requestPasswordReset',
      remoteAddress,
      headers: { 'content-type': 'application/json', ...headers },
      payload: { email: 'nobody@example.com' },
    })

  test('are in the headers beside the general one', async () => {
    const { headers } = await askForReset(on, '192.0.2.3')
    expect(headers.ratelimit).toMatch(/^"calls";r=595;t=60, "reset";r=19;t=3600$/)
  })

  test('IN5 are exact over processes and come back with time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, at) => askForReset(at % 2 ? on : twin, '192.0.2.4')),
    )
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(20)
    const refused = answers.filter(({ statusCode }) => statusCode === 429)
    expect(refused).toHaveLength(10)
    for (const { headers } of refused)
      expect(headers['ratelimit-policy']).toBe('"calls";q=600;w=60, "reset";q=20;w=3600')
    // The first of 20 is back when the next window has run a twentieth.
    for (const { headers } of refused) {
      expect(Number(headers['retry-after'])).toBeGreaterThan(3700)
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(3780)
    }
    expect((await askForReset(on, '192.0.2.5')).statusCode).toBe(200)
  })

  test('count the person too, wherever they are', async () => {
    const { asBrowser } = await signUp(on)
    const statuses: number[] = []
    for (let count = 1; count <= 12; count++) {
      statuses.push((await askForReset(on, `198.51.100.${count}`, asBrowser)).statusCode)
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
    expect(statuses.slice(-2)).toEqual([429, 429])
  })
})

describe('the people of one address', () => {
  const on = useApp({ RATE_LIMIT_PER_MINUTE: '20' })

  test('IN5 have ten times the quota of one together', async () => {
    const people = []
    for (let count = 0; count < 12; count++) {
      people.push(await signUp({ ...on, post: from(`203.0.113.${count}`) }))
    }
    const remoteAddress = '192.0.2.9'
    let passed = 0
    for (const { asBrowser } of people) {
      for (let calls = 0; calls < 20; calls++) {
        const { statusCode } = await on.app.inject({ url: list, remoteAddress, headers: asBrowser })
        if (statusCode === 200) passed++
      }
    }
    expect(passed).toBe(200)
  })

  function from(remoteAddress: string): TestApp['post'] {
    return (url, payload = {}) =>
      on.app.inject({
        method: 'POST',
        url,
        remoteAddress,
        headers: { 'content-type': 'application/json' },
        payload: JSON.stringify(payload),
      })
  }
})

describe('AU5 guesses at passwords', () => {
  const variables = { TRUST_PROXY: '10.0.0.1' }
  const one = useApp(variables)
  const two = useApp(variables, { beside: one })

  test('100 addresses, two servers, one account: five', { timeout: 60_000 }, async () => {
    const { email } = await signUp(one)
    const statuses: number[] = []
    await inParallel(100, 4, async (at) => {
      const server = at % 2 ? one : two
      statuses.push((await signInFrom(server, `203.0.113.${at}`, email)).statusCode)
    })
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(95)
    const right = await signInFrom(two, '198.51.100.1', email, password)
    expect(right.statusCode).toBe(429)
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(800)
  })

  test('one address, two servers, 130 accounts: a hundred', { timeout: 60_000 }, async () => {
    const statuses: number[] = []
    await inParallel(130, 4, async (at) => {
      const server = at % 2 ? one : two
      const email = `person-${at}@example.com`
      statuses.push((await signInFrom(server, '198.51.100.7', email)).statusCode)
    })
    expect(statuses.filter((status) => status === 401)).toHaveLength(100)
    expect(statuses.filter((status) => status === 429)).toHaveLength(30)
  })

  test('AU6 the browser that was here before comes in all the same', async () => {
    const person = await signUp(one)
    const before = await signInFrom(one, '198.51.100.20', person.email, password)
    const device = before.cookies.find(({ name }) => name === '__Host-galley-device')
    expect(device).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
    for (let tries = 0; tries < 6; tries++) {
      await signInFrom(one, `198.51.100.${30 + tries}`, person.email)
    }
    const signIn = (cookie: string) =>
      two.post('/trpc/sessions.create', { email: person.email, password }, { cookie })
    expect((await signIn('')).statusCode).toBe(429)
    const known = await signIn(`__Host-galley-device=${device?.value}`)
    expect(known.statusCode).toBe(200)
  })
})

describe.skipIf(noRedisBinary)(`RE9 a Redis that dies${noRedisBinary}`, () => {
  let redis: TestRedis | undefined
  const variables: Record<string, string> = { TRUST_PROXY: '10.0.0.1' }
  beforeAll(async () => {
    redis = await startTestRedis()
    variables.REDIS_URL = redis.url
  })
  const one = useApp(variables)
  const two = useApp(variables, { beside: one })
  afterAll(() => redis?.kill())

  test('limits hold before, in it, and after, without it', { timeout: 60_000 }, async () => {
    const { email } = await signUp(one)
    const guesses = async (from: number) => {
      const statuses: number[] = []
      await inParallel(20, 4, async (at) => {
        const server = at % 2 ? one : two
        statuses.push((await signInFrom(server, `203.0.113.${from + at}`, email)).statusCode)
      })
      return statuses.filter((status) => status === 401).length
    }
    expect(await guesses(0)).toBe(5)
    expect(await one.database.sql`select from throttles`).toHaveLength(0)
    await redis?.kill()
    const began = performance.now()
    expect((await one.app.inject(list)).statusCode).toBe(200)
    expect(performance.now() - began).toBeLessThan(1000)
    expect(await guesses(100)).toBe(5)
    expect((await one.app.inject('/health/ready')).statusCode).toBe(200)
  })
})

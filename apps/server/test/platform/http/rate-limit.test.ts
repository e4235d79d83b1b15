import { beforeEach, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'

const list = '/trpc/site.get'
let lastOctet = 1
let remoteAddress = ''

beforeEach(() => {
  remoteAddress = `192.0.2.${++lastOctet}`
})

describe('IN3 IN5 the allowance', () => {
  const on = useApp({ RATE_LIMIT_PER_MINUTE: '50' })

  test('is in standard headers', async () => {
    const first = await on.app.inject({ url: '/api/v1/site', remoteAddress })
    expect(first.headers['ratelimit-policy']).toBe('"calls";q=50;w=60')
    expect(first.headers.ratelimit).toBe('"calls";r=49;t=60')
    const second = await on.app.inject({ url: list, remoteAddress })
    expect(second.headers.ratelimit).toMatch(/^"calls";r=48;t=(60|59)$/)
  })

  test('is taken by each call of a batch', async () => {
    const batch = Array.from({ length: 10 }, () => 'site.get').join(',')
    const input = JSON.stringify(
      Object.fromEntries(Array.from({ length: 10 }, (_, at) => [at, {}])),
    )
    const url = `/trpc/${batch}?batch=1&input=${encodeURIComponent(input)}`
    for (const remaining of [40, 30, 20, 10, 0]) {
      const { statusCode, headers } = await on.app.inject({ url, remoteAddress })
      expect(statusCode).toBe(200)
      expect(headers.ratelimit).toContain(`r=${remaining};`)
    }
    const refused = await on.app.inject({ url, remoteAddress })
    expect(refused.statusCode).toBe(429)
    expect(refused.headers['ratelimit-policy']).toBe('"calls";q=50;w=60')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.json()).toHaveLength(10)
    expect(refused.json()[9].error.data).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      reason: 'request/rate-limited',
    })
  })

  test('is one for a /64 of IPv6', async () => {
    const a = await on.app.inject({ url: list, remoteAddress: '2001:db8:1:1::1' })
    const b = await on.app.inject({ url: list, remoteAddress: '2001:db8:1:1:ffff::2' })
    const c = await on.app.inject({ url: list, remoteAddress: '2001:db8:1:2::1' })
    expect([a, b, c].map(({ headers }) => /r=(\d+)/.exec(String(headers.ratelimit))?.[1])).toEqual([
      '49',
      '48',
      '49',
    ])
  })

  test('follows the person, not the address, once signed in', async () => {
    const person = await signUp(on)
    const first = await on.app.inject({ url: list, headers: person.asBrowser, remoteAddress })
    const second = await on.app.inject({
      url: list,
      headers: person.asBrowser,
      remoteAddress: '192.0.2.250',
    })
    expect(first.headers.ratelimit).toContain('r=49;')
    expect(second.headers.ratelimit).toContain('r=48;')
  })

  test('is not made larger by forged headers', async () => {
    for (let count = 1; count <= 50; count++) {
      await on.app.inject({
        url: list,
        remoteAddress,
        headers: { 'x-forwarded-for': `198.51.100.${count}` },
      })
    }
    const { statusCode } = await on.app.inject({
      url: list,
      remoteAddress,
      headers: { 'x-forwarded-for': '198.51.100.99', forwarded: 'for=198.51.100.98' },
    })
    expect(statusCode).toBe(429)
  })

  test.for(['batch=1', 'batch=1&batch=1', 'batch=1&batch=x'])(
    'is taken by unknown calls too, however the batch is asked for: %s',
    async (query) => {
      const { statusCode, headers } = await on.app.inject({
        url: `/trpc/a.b,c.d,e.f?${query}`,
        remoteAddress,
      })
      expect(statusCode).toBe(404)
      expect(headers.ratelimit).toContain('r=47;')
    },
  )

  test('is taken by what is refused unread', async () => {
    const mixed = await on.app.inject({
      url: '/trpc/site.get,sessions.delete?batch=1',
      remoteAddress,
    })
    expect(mixed.json().error.data.reason).toBe('batch/mixed')
    expect(mixed.headers.ratelimit).toContain('r=49;')
  })

  test.for(['/health/live', '/api/reference', '/api/v1/openapi.json'])(
    'is not taken by %s',
    async (url) => {
      for (let count = 0; count < 60; count++) {
        const { statusCode, headers } = await on.app.inject({ url, remoteAddress })
        expect(statusCode).toBe(200)
        expect(headers).not.toHaveProperty('ratelimit')
      }
    },
  )

  test('of made-up cookies is no matter of those who signed in at the same address', async () => {
    const person = await signUp(on)
    const withCookie = async (cookie: string) =>
      (await on.app.inject({ url: list, remoteAddress, headers: { ...person.asBrowser, cookie } }))
        .statusCode
    const forged = () => withCookie(`__Host-galley-session=${'x'.repeat(43)}`)
    for (let count = 0; count < 52; count++) await forged()
    expect([await forged(), await withCookie(person.cookie)]).toEqual([429, 200])
  })

  test('ends calls with made-up cookies', async () => {
    const forge = () =>
      on.app.inject({
        url: list,
        remoteAddress,
        headers: {
          cookie: `__Host-galley-session=${crypto.randomUUID().replaceAll('-', '').padEnd(43, 'x')}`,
        },
      })
    const statuses: number[] = []
    for (let count = 0; count < 55; count++) statuses.push((await forge()).statusCode)
    expect(statuses.slice(0, 50)).toEqual(Array(50).fill(200))
    expect(statuses.slice(50)).toEqual(Array(5).fill(429))
  })
})

describe('IN5 behind a proxy', () => {
  const on = useApp({ RATE_LIMIT_PER_MINUTE: '50', TRUST_PROXY: '10.0.0.0/8' })

  test('the address that the proxy names counts', async () => {
    const through = (proxy: string, forwarded: string) =>
      on.app.inject({ url: list, remoteAddress: proxy, headers: { 'x-forwarded-for': forwarded } })
    const remaining = async (...args: Parameters<typeof through>) =>
      /r=(\d+)/.exec(String((await through(...args)).headers.ratelimit))?.[1]
    expect(await remaining('10.0.0.1', '203.0.113.1')).toBe('49')
    expect(await remaining('10.9.9.9', '203.0.113.1')).toBe('48')
    expect(await remaining('10.0.0.1', '198.51.100.1, 203.0.113.1')).toBe('47')
    expect(await remaining('203.0.113.1', '198.51.100.1')).toBe('46')
  })
})

describe('behind a proxy that writes more than addresses', () => {
  const on = useApp({ TRUST_PROXY: '10.0.0.0/8' })

  test.for([
    ['203.0.113.7:4711', '203.0.113.7'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['::ffff:203.0.113.8', '203.0.113.8'],
    ['unknown', '10.0.0.1'],
    ['198.51.100.66, unknown', '10.0.0.1'],
    ['198.51.100.66, unknown, 203.0.113.9:80', '203.0.113.9'],
    ['198.51.100.66, unknown, 10.0.0.2', '10.0.0.2'],
    ['_hidden', '10.0.0.1'],
  ] as const)('%s is the address %s, in limits, sessions and the log', async ([forwarded, ip]) => {
    const before = on.logs.length
    const person = await signUp(on)
    const response = await on.app.inject({
      method: 'POST',
      url: '/trpc/sessions.create',
      remoteAddress: '10.0.0.1',
      headers: { 'x-forwarded-for': forwarded },
      payload: { email: person.email, password: person.password },
    })
    expect(response.statusCode).toBe(200)
    expect(on.logs.slice(before).some((line) => line.includes(`"ip":"${ip}"`))).toBe(true)
    const rows = await on.database.sql`select ip from sessions order by created_at desc limit 1`
    expect(rows[0]?.ip).toBe(ip)
  })
})

describe('IN3 sign-in', () => {
  const on = useApp({ RATE_LIMIT_PER_MINUTE: '1000' })

  test('does not go in a batch with itself', async () => {
    for (const name of ['sessions.create', 'users.create']) {
      for (const query of ['batch=1', 'batch=1&batch=1', 'batch=1&batch=0', '%62atch=1']) {
        const response = await on.post(`/trpc/${name},${name}?${query}`, { 0: {}, 1: {} })
        expect([query, response.statusCode]).toEqual([query, 400])
        expect(response.json().error.data.reason).toBe('batch/repeated-call')
      }
    }
  })

  test('a batch has at most 10 calls', async () => {
    for (const size of [11, 2000]) {
      const names = Array.from({ length: size }, () => 'a.b').join(',')
      const response = await on.app.inject({ url: `/trpc/${names}?batch=1`, remoteAddress })
      expect(response.statusCode).toBe(400)
      expect(response.json().error).toMatchObject({
        message: 'A batch holds at most 10 calls.',
        data: { reason: 'batch/too-large' },
      })
      expect(response.body.length).toBeLessThan(500)
    }
    const commas = await on.app.inject({ url: `/trpc/${','.repeat(2000)}?batch=1`, remoteAddress })
    expect(commas.statusCode).toBe(400)
  })

  test('a mutation is not streamed, and the refusal names the links that do', async () => {
    const headers = { 'trpc-accept': 'application/jsonl' }
    const response = await on.post('/trpc/sessions.delete?batch=1', { 0: {} }, headers)
    expect(response.statusCode).toBe(400)
    const { message, data } = response.json().error
    expect([data.reason, message]).toEqual([
      'batch/mutation-streamed',
      expect.stringContaining('httpBatchLink'),
    ])
  })

  test('ten guesses are ten counts', async () => {
    const person = await signUp(on)
    const guess = () =>
      on.post('/trpc/sessions.create', { email: person.email, password: 'wrong guess' })
    const statuses = await Promise.all(
      Array.from({ length: 10 }, async () => (await guess()).statusCode),
    )
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(5)
    const next = await guess()
    expect(next.statusCode).toBe(429)
    expect(Number(next.headers['retry-after'])).toBeGreaterThan(800)
  })
})

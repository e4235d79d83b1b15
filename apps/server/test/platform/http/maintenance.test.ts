import { siteSettings } from '@galley/db/schema'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { parseEnv } from '../../../src/env.ts'
import { beginMaintenance, endMaintenance } from '../../../src/cli/maintenance.ts'
import { useApp, type TestApp } from '../../app.ts'
import { bearer, createApiToken } from '../identity/tokens.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'
import { openStream } from '../live/open-stream.ts'
import { useWebApp } from '../pages/web-app.ts'
import { password, signUp } from '../../people.ts'

const { on, web } = useWebApp({ PUBLIC_CACHE_MB: '4' })
const beside = useApp({ PUBLIC_CACHE_MB: '4' }, { beside: on })

/** What `docs/operations.md` promises. */
const BOUND_MS = 5_000

let origin = ''
let admin: Awaited<ReturnType<typeof signUp>>
let reader: Awaited<ReturnType<typeof signUp>>
beforeAll(async () => {
  await on.app.ready()
  origin = await beside.app.listen({ host: '127.0.0.1', port: 0 })
  admin = await signUp(on, { role: 'admin' })
  reader = await signUp(on, { role: 'editor' })
})

const set = (maintenance: boolean) =>
  on.post('/trpc/settings.setMaintenance', { on: maintenance }, admin.asBrowser)

const status = async (at: TestApp, url = '/api/v1/site', headers: Record<string, string> = {}) =>
  (await at.app.inject({ url, headers })).statusCode

const within = { timeout: BOUND_MS, interval: 50 }

beforeEach(() => {
  web.publicAddressOf = (target) => target
})
afterEach(async () => {
  await on.database.db.update(siteSettings).set({ maintenanceSince: null })
  await Promise.all([on, beside].map(({ deps }) => deps.domain.settings.refresh()))
})

test('within 5 s every server sends others than admins away, in the form that each asks for', async () => {
  const asPage = { accept: 'text/html' }
  // Kept for all who are signed out, by then.
  expect(await status(on, '/', asPage)).toBe(200)
  expect(await status(on, '/', asPage)).toBe(200)
  expect((await set(true)).statusCode).toBe(200)

  const page = await on.app.inject({ url: '/', headers: asPage })
  expect(page.statusCode).toBe(503)
  expect(page.headers).toMatchObject({ 'retry-after': '60', 'cache-control': 'no-store' })
  expect(page.body).toContain('<h1>The site is being worked on.')
  expect(page.body).toContain('<a href="/sign-in">')

  const call = await on.app.inject('/api/v1/site')
  expect(call.statusCode).toBe(503)
  expect(call.headers).toMatchObject({
    'retry-after': '60',
    'content-type': 'application/problem+json; charset=utf-8',
  })
  expect(call.json()).toMatchObject({ reason: 'server/maintenance', status: 503 })
  const batch = await on.app.inject('/trpc/notifications.unread,sessions.current?batch=1')
  expect(batch.headers['retry-after']).toBe('60')
  expect(batch.json()).toMatchObject([
    { error: { data: { reason: 'server/maintenance' } } },
    { result: { data: { user: null } } },
  ])
  await expect.poll(() => status(beside), within).toBe(503)

  await set(false)
  expect(await status(on, '/', asPage)).toBe(200)
  await expect.poll(() => status(beside), within).toBe(200)
})

test('admins pass in their browsers and can sign in; editors, tokens and uploads do not', async () => {
  const made = await createApiToken(on, admin, ['site:read', 'media:write'])
  const token = bearer(made.token)
  await set(true)
  const session = { cookie: admin.cookie }
  expect(await status(on, '/api/v1/site', session)).toBe(200)
  expect(await status(on, '/', { ...session, accept: 'text/html' })).toBe(200)
  for (const headers of [{ cookie: reader.cookie }, token]) {
    expect(await status(on, '/api/v1/site', headers)).toBe(503)
    expect(await status(on, '/trpc/notifications.unread', headers)).toBe(503)
  }
  const upload = { method: 'POST', url: '/api/v1/media', headers: token } as const
  expect((await on.app.inject(upload)).statusCode).toBe(503)
  expect((await on.post('/api/v1/auth/tokens', {})).statusCode).toBe(503)

  const asBrowser = { 'sec-fetch-site': 'same-origin' }
  expect(await status(on, '/sign-in', { accept: 'text/html' })).toBe(200)
  const signedIn = await on.post(
    '/trpc/sessions.create',
    { email: admin.email, password },
    asBrowser,
  )
  expect(signedIn.statusCode).toBe(200)
  const plain = await on.app.inject({
    method: 'POST',
    url: '/forms/sign-in',
    headers: { ...asBrowser, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ email: admin.email, password }).toString(),
  })
  expect(plain).toMatchObject({ statusCode: 303, headers: { location: '/' } })
})

test('health, files and documents answer', async () => {
  await set(true)
  for (const url of [
    '/health/live',
    '/health/ready',
    '/assets/big-3c4d.js',
    '/api/v1/openapi.json',
  ]) {
    expect(await status(on, url), url).toBe(200)
  }
})

test('streams at every server end within 5 s, and are not opened again', async () => {
  const topics = [{ me: true as const }]
  const headers = { cookie: reader.cookie, 'sec-fetch-site': 'same-origin' }
  const stream = await openStream(origin, topics, { headers })
  await expect.poll(() => stream.messages().length, { timeout: 10_000 }).toBeGreaterThan(0)
  const begun = performance.now()
  await set(true)
  expect(await stream.ended).toBe('ended')
  expect(performance.now() - begun).toBeLessThan(BOUND_MS)
  const again = await openStream(origin, topics, { headers })
  expect(again.response.status).toBe(503)
  expect(again.response.headers.get('retry-after')).toBe('60')
})

test('the operator begins and ends it by command', async () => {
  const env = parseEnv({ DATABASE_URL: on.database.url, ENCRYPTION_KEYS })
  expect(await beginMaintenance.create([])(on.deps.domain, env)).toBe('Only admins are served now.')
  await expect.poll(() => status(beside), within).toBe(503)
  expect(await endMaintenance.create([])(on.deps.domain, env)).toBe('Everybody is served now.')
  await expect.poll(() => status(beside), within).toBe(200)
  expect(() => beginMaintenance.create(['now'])).toThrow('maintenance on takes no arguments.')
})

test('the form of the settings page begins and ends it without a script, for admins alone', async () => {
  const send = (value: string, { asBrowser }: typeof admin) =>
    on.app.inject({
      method: 'POST',
      url: '/forms/maintenance',
      headers: { ...asBrowser, 'content-type': 'application/x-www-form-urlencoded' },
      payload: `on=${value}`,
    })
  const begun = await send('yes', admin)
  expect(begun).toMatchObject({ statusCode: 303, headers: { location: '/admin/settings' } })
  expect(await status(on)).toBe(503)
  await send('no', reader)
  expect(await status(on)).toBe(503)
  await send('no', admin)
  expect(await status(on)).toBe(200)
  const refused = await send('yes', reader)
  expect(refused.headers.location).toBe('/admin/settings?problem=role/required')
  expect(await status(on)).toBe(200)
})

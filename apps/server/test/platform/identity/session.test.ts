import { describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { password, signUp } from '../../people.ts'

describe('SE5 the session cookie', () => {
  const on = useApp()

  test('is bound to this host over https', async () => {
    const person = await signUp(on)
    const response = await on.post('/trpc/sessions.create', { email: person.email, password })
    const cookies = [response.headers['set-cookie'] ?? []].flat()
    expect(cookies[0]).toMatch(
      /^__Host-galley-session=[\w-]{43}; Path=\/; Expires=[^;]+ GMT; HttpOnly; Secure; SameSite=Lax$/,
    )
    for (const cookie of cookies) {
      expect(cookie).toMatch(
        /^__Host-galley-[a-z-]+=[^;]+; Path=\/; Expires=[^;]+ GMT; HttpOnly; Secure; SameSite=Lax$/,
      )
    }
    expect(response.body).not.toContain(cookies[0]?.slice(22, 65))
  })

  test('is taken away when it is worth nothing', async () => {
    for (const token of ['x'.repeat(43), 'garbage', '', '"quoted"', '%00', 'a b']) {
      const response = await on.app.inject({
        url: '/trpc/sessions.current',
        headers: { cookie: `__Host-galley-session=${token}` },
      })
      expect(response.json()).toEqual({ result: { data: { user: null } } })
      expect(String(response.headers['set-cookie'])).toMatch(
        /^__Host-galley-session=; Max-Age=0; .*Secure/,
      )
    }
  })

  test('ends with sign-out, here and everywhere', async () => {
    const person = await signUp(on)
    const out = await on.post('/trpc/sessions.delete', {}, person.asBrowser)
    expect(String(out.headers['set-cookie'])).toMatch(/^__Host-galley-session=;/)
    expect(out.headers['clear-site-data']).toBe('"cache", "storage"')
    const again = await on.app.inject({
      url: '/trpc/jobs.list',
      headers: person.asBrowser,
    })
    expect(again.statusCode).toBe(401)
  })

  test('SE2 is another one after every sign-in, and the one before is dead', async () => {
    const person = await signUp(on)
    const response = await on.post(
      '/trpc/sessions.create',
      { email: person.email, password },
      person.asBrowser,
    )
    const [cookie = ''] = String(response.headers['set-cookie']).split(';')
    expect(cookie).not.toBe(person.cookie)
    const current = async (headers: { cookie: string }) =>
      (await on.app.inject({ url: '/trpc/sessions.current', headers })).json().result.data.user
    expect(await current({ cookie: person.cookie })).toBeNull()
    expect(await current({ cookie })).toMatchObject({ username: person.username })
  })

  test('is set again once half of its time is over', async () => {
    const person = await signUp(on)
    await on.database.sql`
      update sessions set expires_at = now() + interval '1 day'
      where user_id = (select id from users where username = ${person.username})`
    const response = await on.app.inject({
      url: '/trpc/sessions.current',
      headers: person.asBrowser,
    })
    expect(response.json().result.data.user.username).toBe(person.username)
    expect(String(response.headers['set-cookie'])).toContain(person.cookie)
  })

  test('SE1 is not what the database holds', async () => {
    const person = await signUp(on)
    const rows = await on.database.sql`select * from sessions`
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(person.cookie.split('=')[1])
  })

  test('is not looked up for health, files and errors', async () => {
    const person = await signUp(on)
    await on.database.sql`
      update sessions set expires_at = now() + interval '1 day'
      where user_id = (select id from users where username = ${person.username})`
    for (const url of ['/health/live', '/api', '/nowhere']) {
      const { headers } = await on.app.inject({ url, headers: person.asBrowser })
      expect(headers).not.toHaveProperty('set-cookie')
    }
  })
})

describe('SE5 on http://localhost', () => {
  const on = useApp({ PUBLIC_ORIGIN: 'http://localhost:3000' })

  test('the cookie has neither prefix nor Secure, which browsers would refuse', async () => {
    const person = await signUp(on)
    const response = await on.post('/trpc/sessions.create', { email: person.email, password })
    const [cookie] = [response.headers['set-cookie'] ?? []].flat()
    expect(cookie).toMatch(
      /^galley-session=[\w-]{43}; Path=\/; Expires=[^;]+ GMT; HttpOnly; SameSite=Lax$/,
    )
  })
})

describe('HD2 the API', () => {
  const on = useApp()

  test('is never cached', async () => {
    const person = await signUp(on)
    for (const headers of [{}, person.asBrowser]) {
      for (const url of [
        '/trpc/site.get',
        '/trpc/sessions.current',
        '/trpc/no.such/x.css',
        '/api',
        '/api/x.css',
      ]) {
        const response = await on.app.inject({ url, headers })
        expect(response.headers['cache-control']).toBe('no-store')
      }
    }
  })
})

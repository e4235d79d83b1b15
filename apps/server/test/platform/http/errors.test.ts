import { describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'

describe('ER1 errors', () => {
  const on = useApp()

  test('outside tRPC have one shape', async () => {
    for (const [url, status, reason] of [
      ['/nowhere', 404, 'route/not-found'],
      ['/api/nowhere', 404, 'route/not-found'],
      ['/health', 404, 'route/not-found'],
      ['/%zz', 400, 'request/malformed'],
    ] as const) {
      const response = await on.app.inject(url)
      expect(response.statusCode).toBe(status)
      expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
      expect(response.headers['cache-control']).toBe('no-store')
      expect(response.json()).toEqual({
        code: expect.stringMatching(/^[A-Z_]+$/),
        reason,
        message: expect.stringMatching(/\.$/),
        fields: [],
        requestId: response.headers['x-request-id'],
      })
    }
  })

  test('inside tRPC have the shape that its clients know, whatever part refuses', async () => {
    const answers = [
      on.app.inject('/trpc/no.such'),
      on.app.inject('/trpc'),
      on.app.inject({ method: 'PUT', url: '/trpc/site.get' }),
      on.post('/trpc/users.updateProfile', {}, { origin: 'https://evil.example' }),
      on.post('/trpc/users.updateProfile', '{'),
      on.post('/trpc/users.updateProfile', {}),
    ]
    for (const answer of answers) {
      const response = await answer
      const { error } = response.json()
      expect(Object.keys(error).toSorted()).toEqual(['code', 'data', 'message'])
      expect(error.code).toBeLessThan(0)
      expect(error.data).toMatchObject({
        code: expect.stringMatching(/^[A-Z_]+$/),
        httpStatus: response.statusCode,
        reason: expect.stringMatching(/^[a-z]+\/[a-z-]+$/),
        fields: [],
        requestId: response.headers['x-request-id'],
      })
      expect(error.data).not.toHaveProperty('stack')
    }
  })

  test('name the allowed methods', async () => {
    const health = await on.post('/health/live')
    expect(health.statusCode).toBe(405)
    expect(health.headers.allow).toBe('GET, HEAD')
    const call = await on.app.inject({
      method: 'PUT',
      url: '/trpc/site.get',
      headers: { 'content-type': 'application/json' },
    })
    expect(call.statusCode).toBe(405)
    expect(call.headers.allow).toBe('GET, POST')
  })

  test('are a page for a browser that asks for one', async () => {
    const response = await on.app.inject({ url: '/nowhere', headers: { accept: 'text/html,*/*' } })
    expect(response.statusCode).toBe(404)
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8')
    const [, nonce] = /style nonce="([\w-]+)"/.exec(response.body) ?? []
    expect(response.headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
    expect(response.body).toContain(String(response.headers['x-request-id']))
  })
})

describe('ER1 an error that nobody foresaw', () => {
  const on = useNotesApp()

  test('is 500 without detail, and logged once with its cause and no value', async () => {
    const person = await signUp(on)
    await on.database.asOperator((sql) => sql`alter table notes rename to hidden`)
    on.logs.length = 0
    const secret = 'a-title-that-no-log-may-hold'
    const response = await on.post('/trpc/notes.create', { title: secret }, person.asBrowser)
    expect(response.statusCode).toBe(500)
    expect(response.json().error.message).toBe('Internal server error')
    expect(response.json().error.data.reason).toBe('server/internal')
    expect(response.body).not.toMatch(/notes"|relation|42P01|query|\.ts/)

    const errors = on.logs.map((line) => JSON.parse(line)).filter(({ level }) => level === 'error')
    expect(errors).toHaveLength(1)
    expect(errors[0].requestId).toBe(response.headers['x-request-id'])
    expect(errors[0].err.cause).toMatchObject({ code: '42P01' })
    expect(errors[0].err.message).toMatch(/^Failed query: /)
    expect(on.logs.join('')).not.toContain(secret)
  })
})

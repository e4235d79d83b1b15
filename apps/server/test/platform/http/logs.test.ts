import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { password, signUp } from '../../people.ts'

const on = useNotesApp()

const canary = () => `canary-${randomUUID()}`

describe('LG1 secrets do not reach the log', () => {
  test('whichever way they come', async () => {
    const secrets: string[] = []
    const secret = () => {
      const value = canary()
      secrets.push(value)
      return value
    }
    const person = await signUp(on)
    secrets.push(password, person.cookie.split('=')[1] ?? '', person.email)

    await on.post('/trpc/sessions.create', { email: person.email, password: secret() })
    await on.post('/trpc/sessions.create', { email: `${secret()}@example.com`, password: secret() })
    await on.post('/trpc/sessions.create', { email: person.email, password: [secret()] })
    await on.post('/trpc/sessions.create', `{"email":"x","password":"${secret()}"`)
    await on.post('/trpc/users.create', { ...person, password: secret(), token: secret() })
    await on.app.inject(`/trpc/notes.list?input={"cursor":"${secret()}"}`)
    await on.app.inject(`/trpc/notes.get?input={"id":"${secret()}"}&token=${secret()}`)
    await on.app.inject(`/nowhere?password=${secret()}`)
    await on.app.inject(`/%zz?token=${secret()}`)
    await on.app.inject({
      url: '/trpc/notes.list?input={}',
      headers: {
        cookie: `__Host-galley-session=${secret()}; other=${secret()}`,
        authorization: `Bearer ${secret()}`,
        'x-api-key': secret(),
        'proxy-authorization': secret(),
        referer: `https://galley.test/?token=${secret()}`,
        'x-request-id': `bad id ${secret()}`,
        traceparent: secret(),
      },
    })
    await on.post('/trpc/notes.create', { title: secret(), body: secret() }, person.asBrowser)

    const log = on.logs.join('')
    expect(on.logs.length).toBeGreaterThan(20)
    for (const value of secrets) expect(log).not.toContain(value)
    expect(log).not.toContain(new URL(on.database.url).password)
    expect(log).not.toMatch(/canary-/)
  })

  test('even where a call logs an object that holds one', () => {
    on.app.log.info(
      {
        password: 'canary-1',
        user: { token: 'canary-2' },
        sent: { headers: { cookie: 'canary-3' } },
      },
      'x',
    )
    const line = on.logs.at(-1) ?? ''
    expect(line).not.toContain('canary')
    expect(line.match(/\[secret\]/g)).toHaveLength(3)
  })
})

test('LG2 a log line is one line of JSON, whatever was typed', async () => {
  on.logs.length = 0
  const person = await signUp(on)
  await on.post(
    '/trpc/notes.create',
    { title: 'a\n{"level":"fatal"}\u001b[31m\u2028' },
    person.asBrowser,
  )
  await on.app.inject('/%0a%7B%22level%22:%22fatal%22%7D%1b[31m')
  await on.app.inject('/trpc/a%0ab?x=%0d%0a')
  expect(on.logs.length).toBeGreaterThan(4)
  for (const line of on.logs) {
    expect(line.endsWith('\n')).toBe(true)
    for (const control of ['\n', '\r', '\u001b']) expect(line.trimEnd()).not.toContain(control)
    expect(JSON.parse(line)).toMatchObject({
      level: expect.stringMatching(/^(debug|info)$/),
      time: expect.any(String),
    })
  }
})

test('the line of a request names its calls, each under its own id; one that fails has its own', async () => {
  on.logs.length = 0
  const response = await on.app.inject(
    '/trpc/notes.list,jobs.list,site.get?batch=1&input={"0":{},"1":{},"2":{}}',
  )
  const requestId = String(response.headers['x-request-id'])
  const lines = on.logs.map((line) => JSON.parse(line))
  expect(lines).toMatchObject([
    { msg: 'call refused', callId: `${requestId}.1`, path: 'jobs.list', requestId },
    { msg: 'request', status: 207, requestId, calls: expect.any(Array) },
  ])
  expect(lines[1].calls.toSorted(byId)).toMatchObject([
    { callId: `${requestId}.0`, path: 'notes.list', type: 'query', ms: expect.any(Number) },
    { callId: `${requestId}.2`, path: 'site.get', type: 'query', ms: expect.any(Number) },
  ])
})

const byId = (one: { callId: string }, other: { callId: string }) =>
  one.callId < other.callId ? -1 : 1

test('health is not logged at info', async () => {
  on.logs.length = 0
  await on.app.inject('/health/live')
  await on.app.inject('/health/ready')
  expect(on.logs.map((line) => JSON.parse(line).level)).toEqual(['debug', 'debug'])
})

import { startMailSink } from '@galley/testing/mail-sink'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { password, signUp } from '../../people.ts'
import { useWorker } from '../../worker.ts'

const sink = await startMailSink()
const on = useApp({ SMTP_URL: sink.url })
const elsewhere = useApp({ SMTP_URL: sink.url }, { beside: on })
useWorker(on)
afterAll(() => sink.close())

let names = 0
const newcomer = () => {
  const username = `newcomer-${++names}`
  return { username, displayName: username, email: `${username}@example.com`, password }
}

const tokenIn = (text: string) => /\?token=([\w-]+)/.exec(text)?.[1]

type Answer = Awaited<ReturnType<typeof on.post>>

const sessionIn = ({ headers }: Answer) => {
  const given = [headers['set-cookie'] ?? []].flat()
  return given.find((one) => one.startsWith('__Host-galley-session='))?.split(';')[0] ?? ''
}

/** Whether this session is alive on the other process. */
async function isAlive(cookie: string) {
  const { statusCode } = await elsewhere.app.inject({
    url: '/trpc/credentials.current',
    headers: { cookie },
  })
  return statusCode === 200
}

beforeAll(async () => {
  await signUp(on, { username: 'the-admin', role: 'admin' })
})

test('sign up, follow the link, sign in', async () => {
  const person = newcomer()
  const accepted = await on.post('/trpc/users.create', person)
  expect([accepted.statusCode, accepted.json()]).toEqual([
    200,
    { result: { data: { accepted: true } } },
  ])
  const signUp = String(accepted.headers['set-cookie'])
  expect(signUp).toMatch(/^__Host-galley-sign-up=[\w-]{43}; .*HttpOnly; Secure; SameSite=Lax$/)
  const early = await on.post('/trpc/sessions.create', person)
  const login = { email: person.email, password }
  expect(early.statusCode).toBe(400)
  expect((await on.post('/trpc/sessions.create', login)).json().error.data.reason).toBe(
    'session/email-unverified',
  )
  const token = tokenIn((await sink.mailTo(person.email)).text)
  const verify = (headers = {}) => elsewhere.post('/trpc/users.verifyEmail', { token }, headers)
  expect((await verify()).json().error.data.reason).toBe('link/password-required')
  const [cookie = ''] = signUp.split(';')
  const verified = await verify({ cookie, 'sec-fetch-site': 'same-origin' })
  expect(verified.json()).toEqual({ result: { data: { email: person.email } } })
  expect(verified.headers).not.toHaveProperty('set-cookie')
  const signedIn = await on.post('/trpc/sessions.create', login)
  expect(await isAlive(sessionIn(signedIn))).toBe(true)
})

describe('AU7 links in mails', () => {
  const forged = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    forwarded: 'host=evil.example;proto=http',
  }

  test('lead to the configured address, whatever the request says', async () => {
    const person = newcomer()
    await on.post('/trpc/users.create', person, forged)
    const first = await sink.mailTo(person.email)
    await on.database.sql`delete from rate_counters where key like 'letter:%'`
    await on.post('/trpc/users.resendVerification', { email: person.email }, forged)
    const second = await sink.mailTo(person.email, { after: first.number })
    await on.post('/trpc/credentials.requestPasswordReset', { email: person.email }, forged)
    const third = await sink.mailTo(person.email, { after: second.number })
    const member = await signUp(on)
    const moved = `moved-${member.email}`
    await on.post(
      '/trpc/users.requestEmailChange',
      { email: moved },
      { ...forged, ...member.asBrowser },
    )
    const fourth = await sink.mailTo(moved)
    const paths = ['verify-email', 'verify-email', 'reset-password', 'confirm-email']
    for (const [at, mail] of [first, second, third, fourth].entries()) {
      expect(mail.text).toContain(`https://galley.test/${paths[at]}?token=`)
      expect(mail.text + mail.html).not.toContain('evil')
    }
  })
})

describe('AU4 an existing and a missing account get the same answer', () => {
  /** But for what differs between any two answers. */
  const shape = ({ statusCode, headers, body }: Answer) => {
    const { date: _, 'x-request-id': requestId, ...told } = headers
    const kept = Object.entries(told).filter(([name]) => !name.startsWith('ratelimit'))
    const plain = (text: unknown) =>
      String(text)
        .replace(/(?<=galley-sign-up=)[\w-]{43}(; .*)Expires=[^;]+/, '$1')
        .replaceAll(/'nonce-[\w-]+'/g, '')
        .replaceAll(String(requestId), '')
    return {
      statusCode,
      headers: kept.map(([name, value]) => [name, plain(value)]),
      body: plain(body),
    }
  }

  test.each([
    ['users.create', (email: string) => ({ ...newcomer(), email })],
    ['users.resendVerification', (email: string) => ({ email })],
    ['credentials.requestPasswordReset', (email: string) => ({ email })],
    ['sessions.create', (email: string) => ({ email, password: 'a wrong guess' })],
  ])('%s', async (name, inputFor) => {
    const member = await signUp(on)
    const waiting = newcomer()
    await on.post('/trpc/users.create', waiting)
    const ask = async (email: string) => shape(await on.post(`/trpc/${name}`, inputFor(email)))
    const missing = await ask('nobody@example.com')
    expect(await ask(member.email)).toEqual(missing)
    expect(await ask(waiting.email)).toEqual(missing)
  })

  test('users.requestEmailChange', async () => {
    const member = await signUp(on)
    const owner = await signUp(on)
    const ask = async (email: string) =>
      shape(await on.post('/trpc/users.requestEmailChange', { email }, member.asBrowser))
    expect(await ask(owner.email)).toEqual(await ask('free@example.com'))
  })

  test('a link that never was, was used or is for something else is one and the same', async () => {
    const person = newcomer()
    await on.post('/trpc/users.create', person)
    const token = tokenIn((await sink.mailTo(person.email)).text)
    const input = { token, password: 'nine quiet lighthouses' }
    const wrong = shape(await on.post('/trpc/credentials.resetPassword', input))
    const made = { ...input, token: 'x'.repeat(43) }
    expect(shape(await on.post('/trpc/credentials.resetPassword', made))).toEqual(wrong)
    expect(wrong.statusCode).toBe(400)
  })
})

describe('SE4 a session is dead on the other process with the very next request, after', () => {
  type Person = Awaited<ReturnType<typeof signUp>>
  const another = 'nine quiet lighthouses'

  async function resetLink({ email }: Person) {
    const after = sink.mails.at(-1)?.number ?? 0
    await on.post('/trpc/credentials.requestPasswordReset', { email })
    return tokenIn((await sink.mailTo(email, { after })).text)
  }

  test.each<[string, (person: Person, admin: Person) => Promise<Answer>]>([
    [
      'a change of the password',
      ({ asBrowser }) => {
        const input = { currentPassword: password, password: another }
        return on.post('/trpc/credentials.changePassword', input, asBrowser)
      },
    ],
    [
      'a reset of the password',
      async (person) => {
        const input = { token: await resetLink(person), password: another }
        return on.post('/trpc/credentials.resetPassword', input)
      },
    ],
    [
      'a change of the address',
      async ({ email, asBrowser }) => {
        const moved = `moved-${email}`
        await on.post('/trpc/users.requestEmailChange', { email: moved }, asBrowser)
        const token = tokenIn((await sink.mailTo(moved)).text)
        return on.post('/trpc/users.confirmEmailChange', { token }, asBrowser)
      },
    ],
    [
      'another role',
      ({ id }, admin) => on.post('/trpc/users.setRole', { id, role: 'editor' }, admin.asBrowser),
    ],
    [
      'a suspension',
      ({ id }, admin) => on.post('/trpc/users.suspend', { id, reason: 'Spam' }, admin.asBrowser),
    ],
  ])('%s', async (_, act) => {
    const admin = await signUp(on, { role: 'admin' })
    const person = await signUp(on)
    const { email } = person
    const second = sessionIn(await on.post('/trpc/sessions.create', { email, password }))
    expect([await isAlive(person.cookie), await isAlive(second)]).toEqual([true, true])
    const answer = await act(person, admin)
    expect(answer.statusCode).toBe(200)
    expect(await isAlive(person.cookie)).toBe(false)
    expect(await isAlive(second)).toBe(false)
  })

  test('sign-out, and no other one is', async () => {
    const person = await signUp(on)
    const { email } = person
    const second = sessionIn(await on.post('/trpc/sessions.create', { email, password }))
    await on.post('/trpc/sessions.delete', {}, person.asBrowser)
    expect([await isAlive(person.cookie), await isAlive(second)]).toEqual([false, true])
  })

  test('a change of the password; its own browser goes on with a new one', async () => {
    const person = await signUp(on)
    const input = { currentPassword: password, password: another }
    const answer = await on.post('/trpc/credentials.changePassword', input, person.asBrowser)
    expect(sessionIn(answer)).not.toBe(person.cookie)
    expect(await isAlive(sessionIn(answer))).toBe(true)
  })
})

describe('SE6 sessions of others', () => {
  test('are answered like sessions that do not exist, byte for byte', async () => {
    const person = await signUp(on)
    const stranger = await signUp(on)
    const list = await on.app.inject({ url: '/trpc/sessions.list', headers: stranger.asBrowser })
    const [{ id }] = list.json().result.data.items
    const bodies = await Promise.all(
      [id, 'f'.repeat(64)].map(async (wanted: string) => {
        const { body, headers } = await on.post(
          '/trpc/sessions.revoke',
          { id: wanted },
          person.asBrowser,
        )
        return body.replace(String(headers['x-request-id']), '')
      }),
    )
    expect(bodies[0]).toBe(bodies[1])
    expect(bodies[0]).toContain('session/not-found')
    expect(await isAlive(stranger.cookie)).toBe(true)
  })
})

describe('SE3 how long a session lasts', () => {
  const short = useApp({ SESSION_IDLE_DAYS: '1', SESSION_ABSOLUTE_DAYS: '2' }, { beside: on })

  test('is configured', async () => {
    const person = await signUp(short)
    const [session] = await on.database.sql`
      select round(extract(epoch from expires_at - created_at) / 3600)::int as idle,
        round(extract(epoch from absolute_expires_at - created_at) / 3600)::int as absolute
      from sessions where user_id = ${person.id}`
    expect(session).toEqual({ idle: 24, absolute: 48 })
  })
})

import { tokenFamilies } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { useApp, type TestApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { bearer, createApiToken, signInProgram } from '../identity/tokens.ts'
import { openStream, refusalOf, type Stream } from './open-stream.ts'

const on = useApp()
const beside = useApp({}, { beside: on })

let origin = ''
let other = ''
beforeAll(async () => {
  origin = await on.app.listen({ host: '127.0.0.1', port: 0 })
  other = await beside.app.listen({ host: '127.0.0.1', port: 0 })
})

type Person = Awaited<ReturnType<typeof signUp>>

let count = 0

/** Something that concerns the person happens. */
async function change({ asBrowser }: Person, at: Pick<TestApp, 'post'> = on) {
  const input = { displayName: `Somebody ${(count += 1)}`, bio: '' }
  const response = await at.post('/trpc/users.updateProfile', input, asBrowser)
  expect(response.statusCode).toBe(200)
}

const me = [{ me: true as const }]

const watchAs = (person: Person, after?: string, at = origin) =>
  openStream(at, me, { headers: person.asBrowser, after })

const soon = { timeout: 30_000 }

const begun = async (stream: Stream) => {
  await vi.waitFor(() => expect(stream.messages().length).toBeGreaterThan(0), soon)
  return stream
}

const profileUpdated = ({ id }: Person) => ({ event: 'user.profile-updated', ids: { userId: id } })

describe.concurrent('streams', () => {
  test('what concerns a person comes to all their tabs at every server, and to nobody else', async ({
    expect,
  }) => {
    const [person, stranger] = [await signUp(on), await signUp(on)]
    const [here, there, elsewhere] = await Promise.all([
      begun(await watchAs(person)),
      begun(await watchAs(person, undefined, other)),
      begun(await watchAs(stranger)),
    ])
    expect(Object.fromEntries(here.response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
    await change(person)
    await expect.poll(here.hints, soon).toEqual([profileUpdated(person)])
    await expect.poll(there.hints, soon).toEqual([profileUpdated(person)])
    await change(stranger, beside)
    await expect.poll(elsewhere.hints, soon).toEqual([profileUpdated(stranger)])
    expect(here.hints()).toHaveLength(1)
  })

  test('a stream that was cut goes on at another server, after its last message', async ({
    expect,
  }) => {
    const person = await signUp(on)
    const first = await begun(await watchAs(person))
    await change(person)
    await expect.poll(() => first.hints().length, soon).toBe(1)
    first.leave()
    await change(person)
    await change(person, beside)
    const second = await begun(await watchAs(person, first.lastId(), other))
    expect(second.hints()).toEqual([profileUpdated(person), profileUpdated(person)])
    await change(person)
    await expect.poll(() => second.hints().length, soon).toBe(3)
    const third = await begun(await watchAs(person, second.lastId()))
    expect(third.hints()).toEqual([])
    const now = Math.floor(Date.now() / 1000).toString(36)
    for (const place of ['zz.0..1', `0.1..${now}`, `zz.5.3-2.${now}`]) {
      const fourth = await begun(await watchAs(person, place))
      expect(fourth.messages()[0]?.reload, place).toBe(true)
    }
    const bad = await watchAs(person, 'No id')
    await expect.poll(() => refusalOf(bad), soon).toBe('request/invalid')
  })

  test('of several topics, those that somebody must sign in for end at once', async ({
    expect,
  }) => {
    const signedOut = await openStream(origin, me)
    await expect.poll(() => refusalOf(signedOut), soon).toBe('session/required')
    expect(await signedOut.ended).toBe('ended')
  })

  test.for<[string, (person: Person) => Promise<unknown>, string]>([
    [
      'signs out',
      ({ asBrowser }) => on.post('/trpc/sessions.delete', {}, asBrowser),
      'session/required',
    ],
    [
      'is suspended',
      async ({ id }) => {
        const admin = await signUp(on, { role: 'admin' })
        const response = await on.post(
          '/trpc/users.suspend',
          { id, reason: 'Spam.' },
          admin.asBrowser,
        )
        expect(response.statusCode).toBe(200)
      },
      'session/required',
    ],
    [
      'is given another role',
      async ({ id }) => {
        const admin = await signUp(on, { role: 'admin' })
        const response = await on.post(
          '/trpc/users.setRole',
          { id, role: 'editor' },
          admin.asBrowser,
        )
        expect(response.statusCode).toBe(200)
      },
      'session/required',
    ],
  ])('RT2 who %s is sent away within five seconds', async ([, end, reason], { expect }) => {
    const person = await signUp(on)
    const stream = await begun(await watchAs(person))
    await end(person)
    const since = performance.now()
    expect(await stream.ended).toBe('ended')
    expect(performance.now() - since).toBeLessThan(5_000)
    expect([refusalOf(stream), stream.hints()]).toEqual([reason, []])
  })

  test('RT2 so is a program whose token is deleted, revoked or has run out', async ({ expect }) => {
    const person = await signUp(on)
    const personal = await createApiToken(on, person, ['live:read'])
    const pair = await signInProgram(on, person)
    const watch = (token: string) => openStream(origin, me, { headers: bearer(token) })
    const streams = await Promise.all(
      [personal.token, pair.accessToken].map(async (token) => begun(await watch(token))),
    )
    await change(person)
    for (const stream of streams)
      await expect.poll(stream.hints, soon).toEqual([profileUpdated(person)])
    await on.post('/trpc/tokens.delete', { id: personal.id }, person.asBrowser)
    await on.database.db
      .update(tokenFamilies)
      .set({ revokedAt: new Date() })
      .where(eq(tokenFamilies.userId, person.id))
    const since = performance.now()
    for (const stream of streams) {
      expect(await stream.ended).toBe('ended')
      expect(refusalOf(stream)).toBe('token/invalid')
    }
    expect(performance.now() - since).toBeLessThan(5_000)
  })

  test('who left is not counted any more', async ({ expect }) => {
    const person = await signUp(on)
    const { openStreams } = on.deps
    const owner = { person: person.id, address: '192.0.2.1' }
    const streams = await Promise.all(
      Array.from({ length: 20 }, async () => begun(await watchAs(person))),
    )
    expect(openStreams.full(owner)).toBe('person')
    for (const stream of streams) stream.leave()
    await expect.poll(() => openStreams.full(owner), soon).toBeUndefined()
  })
})

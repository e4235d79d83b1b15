import { once } from 'node:events'
import { createGalleyClient, type GalleyError } from '@galley/client'
import { overSocket } from '@galley/client/socket'
import type { LiveMessage } from '@galley/contract/platform/live'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { createApiToken, signInProgram } from '../identity/tokens.ts'

/** Of a machine that is busy. */
const soon = { timeout: 15_000 }

const on = useApp({ MAX_STREAMS_PER_PERSON: '5' })
let origin = ''
beforeAll(async () => {
  origin = await on.app.listen({ host: '127.0.0.1', port: 0 })
})

type Person = Awaited<ReturnType<typeof signUp>>

const change = ({ asBrowser }: Person) =>
  on.post('/trpc/users.updateProfile', { bio: String(performance.now()) }, asBrowser)

/** A raw socket, and what came over it. */
async function open(headers: Record<string, string>, path = '/trpc') {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers })
  onTestFinished(() => socket.terminate())
  const messages: {
    id: number | null
    result?: { type: string; data?: { data: LiveMessage } }
    error?: { data: { reason: string } }
  }[] = []
  socket.on('message', (data: Buffer) => {
    const text = data.toString()
    if (text.startsWith('{')) messages.push(JSON.parse(text))
  })
  await once(socket, 'open')
  const closed = once(socket, 'close').then(([code]): unknown => code)
  return {
    socket,
    messages,
    closed,
    call: (id: number, method: string, path: string, input: unknown = {}) =>
      socket.send(JSON.stringify({ id, method, params: { path, input } })),
    watch: (id: number) =>
      socket.send(
        JSON.stringify({
          id,
          method: 'subscription',
          params: { path: 'live.watch', input: { topics: [{ me: true }] } },
        }),
      ),
  }
}

/** The status with which a handshake is refused. */
async function refusalOf(headers: Record<string, string>, path = '/trpc') {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers })
  const [, response] = await once(socket, 'unexpected-response')
  socket.on('error', () => {})
  socket.terminate()
  return Number(response.statusCode)
}

const ours = { origin: 'https://galley.test' }

test('a program hears over a socket, with a token that no header can bring', async () => {
  const person = await signUp(on)
  const { token } = await createApiToken(on, person, ['live:read'])
  const pair = await signInProgram(on, person)
  for (const auth of [{ token }, { refreshToken: pair.refreshToken }]) {
    const client = createGalleyClient({ url: origin, auth, streams: overSocket() })
    const heard: LiveMessage[] = []
    const errors: GalleyError[] = []
    const watching = client.live.watch.subscribe(
      { topics: [{ me: true }] },
      { onData: ({ data }) => heard.push(data), onError: (error) => errors.push(error) },
    )
    await expect.poll(() => heard.length, soon).toBe(1)
    await change(person)
    await expect
      .poll(() => heard.at(-1)?.hints, soon)
      .toEqual([{ event: 'user.profile-updated', topic: { me: true }, ids: { userId: person.id } }])
    watching.unsubscribe()
    expect(errors).toEqual([])
  }
})

test('a socket that the server closes is opened again, and nothing is missed', async () => {
  const person = await signUp(on)
  const { token } = await createApiToken(on, person, ['live:read'])
  const client = createGalleyClient({ url: origin, auth: { token }, streams: overSocket() })
  const heard: LiveMessage[] = []
  const errors: GalleyError[] = []
  const watching = client.live.watch.subscribe(
    { topics: [{ me: true }] },
    { onData: ({ data }) => heard.push(data), onError: (error) => errors.push(error) },
  )
  const hints = () => heard.flatMap(({ hints }) => hints).length
  await expect.poll(() => heard.length, soon).toBe(1)
  await on.deps.domain.live.drain(0)
  await change(person)
  await expect.poll(hints, { timeout: 5_000 }).toBe(1)
  await change(person)
  await expect.poll(hints, soon).toBe(2)
  expect(errors).toEqual([])
  watching.unsubscribe()
})

test('RT1 a page of another site opens no socket, and no other address has one', async () => {
  const { cookie } = await signUp(on)
  expect(await refusalOf({ cookie, origin: 'https://evil.example' })).toBe(403)
  expect(await refusalOf({ cookie, origin: 'null' })).toBe(403)
  expect(await refusalOf({ cookie })).toBe(403)
  expect(await refusalOf({ authorization: 'Bearer gly_none' })).toBe(401)
  expect(await refusalOf(ours, '/trpc/live.watch')).toBe(200)
  expect(await refusalOf(ours, '/health/live')).toBe(200)
  expect((await fetch(`${origin}/trpc`)).status).toBe(404)
  const page = await open({ cookie, origin: 'https://app.galley.test' })
  page.watch(1)
  await expect.poll(() => page.messages.at(-1)?.result?.type, soon).toBe('data')
})

test('a socket carries subscriptions alone, ten at most, each for those who may', async () => {
  const { cookie } = await signUp(on)
  const { call, watch, messages } = await open({ cookie, ...ours })
  const reasonOf = (id: number) =>
    messages.find((one) => one.id === id && one.error)?.error?.data.reason
  call(1, 'query', 'sessions.current')
  call(2, 'mutation', 'sessions.delete')
  call(3, 'subscription', 'live.nothing')
  call(4, 'subscription', 'live.watch', { topics: [] })
  call(5, 'subscription', 'constructor')
  for (const id of [1, 2, 3, 5]) await expect.poll(() => reasonOf(id), soon).toBe('route/not-found')
  await expect.poll(() => reasonOf(4), soon).toBe('request/invalid')
  for (let id = 10; id < 21; id += 1) watch(id)
  await expect.poll(() => reasonOf(20), soon).toBe('stream/too-many')
  expect(messages.filter(({ error }) => error?.data.reason === 'stream/too-many')).toHaveLength(1)
  // What has not begun is not ended either.
  await expect
    .poll(() => messages.some(({ id, result }) => id === 10 && result?.type === 'data'), soon)
    .toBe(true)
  call(10, 'subscription.stop', '')
  await expect
    .poll(() => messages.some(({ id, result }) => id === 10 && result?.type === 'stopped'), soon)
    .toBe(true)
  watch(30)
  await expect
    .poll(() => messages.some(({ id, result }) => id === 30 && result?.type === 'data'), soon)
    .toBe(true)

  const signedOut = await open(ours)
  signedOut.watch(1)
  await expect
    .poll(() => signedOut.messages.at(-1)?.error?.data.reason, soon)
    .toBe('session/required')
})

test('RT2 who signs out hears no more, and begins nothing over a socket that is open', async () => {
  const { cookie, asBrowser } = await signUp(on)
  const { watch, messages } = await open({ cookie, ...ours })
  watch(1)
  await expect.poll(() => messages.at(-1)?.result?.type, soon).toBe('data')
  await on.post('/trpc/sessions.delete', {}, asBrowser)
  watch(2)
  await expect
    .poll(() => messages.find(({ id, error }) => id === 2 && error)?.error?.data.reason, soon)
    .toBe('session/required')
  await expect
    .poll(() => messages.find(({ id, error }) => id === 1 && error)?.error?.data.reason, {
      timeout: 5_000,
    })
    .toBe('session/required')
})

test('RT1 messages are bounded in size and in number, and sockets for each person', async () => {
  const { cookie } = await signUp(on)
  const large = await open({ cookie, ...ours })
  large.call(1, 'subscription', 'x'.repeat(17 * 1024))
  expect(await large.closed).toBe(1009)
  const many = await open({ cookie, ...ours })
  for (let n = 0; n < 31; n += 1) many.socket.send('PING')
  expect(await many.closed).toBe(1008)
  const odd = await open({ cookie, ...ours })
  odd.socket.send('no JSON')
  odd.socket.send(Buffer.from([1, 2, 3]))
  await expect.poll(() => odd.messages.length, soon).toBe(2)
  await Promise.all([1, 2, 3, 4].map(() => open({ cookie, ...ours })))
  expect(await refusalOf({ cookie, ...ours })).toBe(429)
})

test('RT1 sockets are bounded for each person whose token comes as a parameter, too', async () => {
  const person = await signUp(on)
  const { token } = await createApiToken(on, person, ['live:read'])
  const openBy = async () => {
    const opened = await open({}, '/trpc?connectionParams=1')
    opened.socket.send(JSON.stringify({ method: 'connectionParams', data: { token } }))
    opened.watch(1)
    await expect.poll(() => opened.messages.length, soon).toBeGreaterThan(0)
    return opened
  }
  const owner = { person: person.id, address: '192.0.2.1' }
  const five = await Promise.all([1, 2, 3, 4, 5].map(openBy))
  expect(on.deps.openStreams.full(owner)).toBe('person')
  const sixth = await openBy()
  expect(sixth.messages[0]?.error?.data.reason).toBe('stream/too-many')
  expect(await sixth.closed).toBe(1005)
  for (const { socket } of five) socket.terminate()
  await expect.poll(() => on.deps.openStreams.full(owner), soon).toBeUndefined()
})

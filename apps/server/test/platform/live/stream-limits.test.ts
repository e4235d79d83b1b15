import { beforeAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { openStream } from './open-stream.ts'

const me = [{ me: true as const }]

function useServer(variables: Record<string, string>) {
  const on = useApp({ TRUST_PROXY: '127.0.0.1', ...variables })
  let origin = ''
  beforeAll(async () => {
    origin = await on.app.listen({ host: '127.0.0.1', port: 0 })
  })
  const openAs = async (person: { asBrowser: Record<string, string> }, address: string) => {
    const headers = { ...person.asBrowser, 'x-forwarded-for': address }
    const stream = await openStream(origin, me, { headers })
    const { status } = stream.response
    if (status === 200) await expect.poll(() => stream.messages().length).toBe(1)
    else await stream.ended
    return stream
  }
  return { on, openAs }
}

const statusOf = ({ response }: { response: Response }) => response.status

describe('MAX_STREAMS_PER_PERSON and MAX_STREAMS_PER_ADDRESS', () => {
  const { on, openAs } = useServer({ MAX_STREAMS_PER_PERSON: '2', MAX_STREAMS_PER_ADDRESS: '3' })

  test('bound what one person, and one address, may watch at once', async () => {
    const [one, other] = [await signUp(on), await signUp(on)]
    const streams = [await openAs(one, '192.0.2.1'), await openAs(one, '192.0.2.2')]
    const refused = await openAs(one, '192.0.2.3')
    expect([refused.response.status, refused.response.headers.get('retry-after')]).toEqual([
      429,
      '30',
    ])
    expect(refused.response.headers.get('content-type')).toContain('application/json')

    await openAs(other, '192.0.2.1')
    await openAs(other, '192.0.2.1')
    expect(statusOf(await openAs(await signUp(on), '192.0.2.1'))).toBe(429)
    streams[0]?.leave()
    await expect.poll(async () => statusOf(await openAs(one, '192.0.2.4'))).toBe(200)
  })
})

describe('MAX_STREAMS', () => {
  const { on, openAs } = useServer({ MAX_STREAMS: '2', MAX_IN_FLIGHT: '1' })

  test('bounds the streams of a process, which take no room of requests', async () => {
    const people = [await signUp(on), await signUp(on), await signUp(on)] as const
    await openAs(people[0], '192.0.2.1')
    await openAs(people[1], '192.0.2.2')
    const refused = await openAs(people[2], '192.0.2.3')
    expect([refused.response.status, refused.response.headers.get('retry-after')]).toEqual([
      503,
      '5',
    ])
    const response = await on.app.inject({ url: '/trpc/site.get' })
    expect(response.statusCode).toBe(200)
  })
})

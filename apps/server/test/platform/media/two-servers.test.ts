import { expect, test } from 'vitest'
import { useApp, type TestApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { useWorker } from '../../worker.ts'
import { formOf } from './form.ts'
import { useS3 } from './use-s3.ts'

const s3 = useS3()
const one = useApp(s3.variables)
const two = useApp(s3.variables, { beside: one })
useWorker(two)

type Browser = Awaited<ReturnType<typeof signUp>>['asBrowser']

const upload = (headers: Browser, at = one) =>
  at.app.inject({ method: 'POST', url: '/api/v1/media', headers, payload: formOf() })

const read = (url: string, headers: Browser, at: TestApp) => at.app.inject({ url, headers })

async function ready(headers: Browser): Promise<string> {
  const { id } = (await upload(headers)).json()
  const state = async () => (await read(`/api/v1/media/${id}`, headers, one)).json().state
  await expect.poll(state, { timeout: 40_000 }).toBe('ready')
  return id
}

test(
  'what one server takes into S3, the other looks at, and both serve; deleted, nothing of it is left',
  { timeout: 60_000 },
  async () => {
    const { asBrowser } = await signUp(one)
    const id = await ready(asBrowser)
    const [first, second] = await Promise.all(
      [one, two].map((server) => read(`/media/${id}`, asBrowser, server)),
    )
    expect([first?.statusCode, second?.statusCode]).toEqual([200, 200])
    expect(first?.rawPayload.equals(second?.rawPayload ?? Buffer.alloc(0))).toBe(true)
    const part = { ...asBrowser, range: 'bytes=10-19' }
    const partial = await read(`/media/${id}`, part, two)
    expect(partial.statusCode).toBe(206)
    expect(partial.rawPayload).toEqual(first?.rawPayload.subarray(10, 20))
    expect(await s3.server.listAll()).not.toEqual([])

    const url = `/api/v1/media/${id}`
    const deleted = await two.app.inject({ method: 'DELETE', url, headers: asBrowser })
    expect(deleted.statusCode, deleted.body).toBeLessThan(300)
    expect((await read(`/media/${id}`, asBrowser, one)).statusCode).toBe(404)
    await expect.poll(() => s3.server.listAll(), { timeout: 20_000 }).toEqual([])
  },
)

test(
  'a bucket that is away is 503 for a while, and takes nothing of the quota',
  { timeout: 60_000 },
  async () => {
    const { asBrowser } = await signUp(one)
    const id = await ready(asBrowser)
    const used = async () => (await read('/api/v1/me/media-quota', asBrowser, one)).json().usedBytes
    const before = await used()
    s3.server.respond((_request, response) => response.writeHead(503).end())
    try {
      for (const refused of [await upload(asBrowser), await read(`/media/${id}`, asBrowser, two)]) {
        expect(refused.statusCode).toBe(503)
        expect(refused.json().reason ?? refused.json().type).toContain('storage/unavailable')
        expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
      }
    } finally {
      s3.server.respond(s3.server.serve)
    }
    expect(await used()).toBe(before)
    expect((await read(`/media/${id}`, asBrowser, two)).statusCode).toBe(200)
  },
)

import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { useApp } from '../app.ts'
import { noteSpans } from '../noted-spans.ts'
import { seriesOf, sumOf } from '../platform/metrics/exposition.ts'
import { useReaders } from './public-reads.ts'

const on = useApp({ PUBLIC_CACHE_MB: '4' }, { measured: true })
const { publish, keptBy } = useReaders(on)

let origin = ''
beforeAll(async () => {
  origin = await on.app.listen({ host: '127.0.0.1', port: 0 })
})
beforeEach(async () => {
  await publish(on, 'First')
  await keptBy(on)
})

async function ask(path: string, headers = {}) {
  const response = await fetch(origin + path, { headers })
  await response.arrayBuffer()
  return response
}

const calls = async () =>
  sumOf(await seriesOf(on.metrics()), 'rpc_server_call_duration_seconds_count', {
    rpc_method: 'articles.list',
    rpc_response_status_code: 'OK',
  })

test.each(['/trpc/articles.list', '/api/v1/articles'])(
  'what is kept of %s is a call of its procedure as well',
  async (path) => {
    const before = await calls()
    const answers = [await ask(path), await ask(path), await ask(path)]
    const etag = String(answers[0]?.headers.get('etag'))
    answers.push(await ask(path, { 'if-none-match': etag }))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 304])
    // The first is made or found by Fastify, the last two are ready.
    expect(answers.slice(1).every(({ headers }) => headers.has('age'))).toBe(true)
    expect(await calls()).toBe(before + 4)
  },
)

test('the span of what is ready has the route of what it was made of', async () => {
  const path = '/trpc/articles.list'
  await ask(path)
  await ask(path)
  // What Fastify has told of it before.
  const told = noteSpans() as Set<string>
  told.delete(`GET ${path}`)
  const isPeeked = vi.spyOn(on.deps.publicReads ?? Object(undefined), 'peek')
  await ask(path)
  expect(isPeeked).not.toHaveBeenCalled()
  await expect.poll(() => told).toContain(`GET ${path}`)
})

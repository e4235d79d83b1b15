import { type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'

const on = useNotesApp({ DATABASE_POOL_MAX: '1' })

test('RE4 the deadline covers the wait for a connection', { timeout: 60_000 }, async () => {
  const { asBrowser } = await signUp(on)
  await on.app.listen({ host: '127.0.0.1', port: 0 })
  const origin = `http://127.0.0.1:${(on.app.server.address() as AddressInfo).port}`
  const read = () => fetch(`${origin}/trpc/notes.list?input={}`)
  const write = () =>
    fetch(`${origin}/trpc/notes.create`, {
      method: 'POST',
      headers: { ...asBrowser, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Late' }),
    })
  const locked = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const holding = on.database.asOperator((sql) =>
    sql.begin(async (tx) => {
      await tx`lock table notes in access exclusive mode`
      locked.resolve()
      await release.promise
    }),
  )
  await locked.promise

  // One connection, which each request holds until its lock wait of 3 s is over: the last would wait for 24 s.
  const begun = performance.now()
  const answers = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      const answer = await (n % 2 === 0 ? read() : write())
      return { answer, ms: performance.now() - begun }
    }),
  )
  for (const { answer, ms } of answers) {
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await answer.json()).toMatchObject({ error: { data: { reason: 'server/unavailable' } } })
    expect(ms).toBeLessThan(12_000)
  }
  expect((await fetch(`${origin}/health/live`)).status).toBe(200)
  release.resolve()
  await holding

  await expect.poll(async () => (await read()).status, { timeout: 20_000 }).toBe(200)
  expect((await write()).status).toBe(200)
})

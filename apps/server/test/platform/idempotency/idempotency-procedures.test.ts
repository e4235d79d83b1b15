import { listProcedures } from '@galley/api/procedures'
import { appRouter } from '@galley/api/root'
import { beforeAll, expect, test } from 'vitest'
import { useDirectUploads } from '../direct-uploads.ts'
import { useApp } from '../../app.ts'
import { collect } from '../../collect.ts'
import type { Cases } from './case.ts'
import { signUp } from '../../people.ts'
import { kept } from './kept.ts'

// One connection: a call that wants a second one beside its transaction waits for itself.
const on = useApp({ DATABASE_POOL_MAX: '1' })
useDirectUploads(on)

let admin: Awaited<ReturnType<typeof signUp>>

beforeAll(async () => {
  admin = await signUp(on, { role: 'admin' })
})

const collected = await collect<{ cases: Cases }>('**/idempotency/cases/*.ts')
const cases = Object.assign({}, ...collected.map((module) => module.cases)) as Cases

const withoutId = (body: string) => body.replace(/"requestId":"[^"]*"/, '"requestId":""')

const procedures = listProcedures(appRouter)

test.each(Object.entries(cases))('ID1 %s is done and answered once', async (path, prepare) => {
  const { input, status = 200 } = await prepare({
    db: on.database.db,
    caller: admin,
  })
  const send = () =>
    on.post(`/trpc/${path}`, input, { ...admin.asBrowser, 'idempotency-key': path })
  const first = await send()
  expect([first.statusCode, first.body]).toEqual([status, expect.any(String)])
  const again = await send()
  const said = ({ body }: typeof first) => kept(path, JSON.parse(withoutId(body)))
  expect(said(again)).toEqual(said(first))
})

test('ID1 an upload that is announced again has an address of its own', async () => {
  const send = () =>
    on.post(
      '/trpc/media.createUpload',
      { fileName: 'b.png', mime: 'image/png', bytes: 1000 },
      { ...admin.asBrowser, 'idempotency-key': 'an-upload' },
    )
  const [first, again] = [(await send()).json().result.data, (await send()).json().result.data]
  expect(again).toEqual({ media: first.media, upload: expect.objectContaining({ method: 'PUT' }) })
  expect(again.upload.url).not.toBe(first.upload.url)
})

test('ID1 every other write refuses a key', async () => {
  const others = procedures.filter(({ path, type }) => type === 'mutation' && !(path in cases))
  expect(others.length).toBeGreaterThan(20)
  for (const { path: name } of others) {
    const response = await on.post(
      `/trpc/${name}`,
      {},
      { ...admin.asBrowser, 'idempotency-key': 'k' },
    )
    expect(response.json().error.data.reason, name).toBe('request/idempotency-key-unsupported')
  }
})

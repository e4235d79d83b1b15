import { beforeAll, describe, expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'

const on = useNotesApp()
let asBrowser: Record<string, string> = {}
beforeAll(async () => {
  asBrowser = (await signUp(on)).asBrowser
})

const transports = { tRPC: '/trpc/notes.create', REST: '/api/v1/notes' }
const json = 'application/json'

/** A new note by its bytes; the refusal or the title that was stored, in one shape for both transports. */
async function create(url: string, payload: string | Buffer, type = json) {
  const response = await on.app.inject({
    method: 'POST',
    url,
    payload,
    headers: { ...asBrowser, 'content-type': type },
  })
  const { result, error, ...plain } = response.json()
  const status = Math.floor(response.statusCode / 100)
  return { ...plain, ...result?.data, ...error?.data, status }
}

describe.for(Object.entries(transports))('by %s', ([, url]) => {
  test.for([
    'application/json',
    'APPLICATION/JSON; charset=UTF-8',
    'application/json;charset=utf8',
    'application/json; charset="utf-8"',
    'application/json ; charset = utf-8',
    'application/json;',
    'application/json; odata.metadata=minimal',
    'application/json; charset=utf-8; x="a;b"',
  ])('the type %s is taken', async (type) => {
    expect(await create(url, '{"title":"typed"}', type)).toMatchObject({
      status: 2,
      title: 'typed',
    })
  })

  test.for([
    'text/plain; application/json',
    'application/json; charset=latin1',
    'application/json; charset=utf-8; charset=utf-16',
    'application/jsonp',
    'application/merge-patch+json',
    `application/json;${' '.repeat(300)}`,
  ])('the type %s is not', async (type) => {
    const reason = 'request/unsupported-media-type'
    expect(await create(url, '{"title":"typed"}', type)).toMatchObject({ status: 4, reason })
  })

  test('bytes that are not UTF-8 are refused, which names the encoding', async () => {
    const latin1 = Buffer.from('{"title":"caf\xE9"}', 'latin1')
    const half = Buffer.from('{"title":"é').subarray(0, -1)
    for (const bytes of [latin1, half]) {
      expect(await create(url, bytes)).toMatchObject({ status: 4, reason: 'request/not-utf-8' })
    }
    const utf16 = Buffer.from('{"title":"a"}', 'utf16le')
    expect(await create(url, utf16)).toMatchObject({ status: 4, reason: 'request/malformed' })
  })

  test('a byte order mark is overlooked', async () => {
    const marked = await create(url, '\uFEFF{"title":"marked"}')
    expect(marked).toMatchObject({ status: 2, title: 'marked' })
  })

  test('a key that is given twice is refused by its path, however it is written', async () => {
    for (const body of ['{"title":"a","title":"b"}', '{"title":"a","\\u0074itle":"b"}']) {
      expect(await create(url, body)).toMatchObject({
        status: 4,
        reason: 'request/invalid',
        fields: [{ path: 'title', message: 'Given twice.' }],
      })
    }
  })
})

test('a key that is given twice in a call of a batch is refused by its path', async () => {
  const batch = '{"0":{"title":"a"},"1":{"title":"a","title":"b"}}'
  const response = await on.post('/trpc/notes.create,notes.create?batch=1', batch, asBrowser)
  expect(response.json().error.data.fields).toEqual([{ path: 'title', message: 'Given twice.' }])
})

test('a PATCH by REST may be a JSON merge patch', async () => {
  const { id, version } = await create(transports.REST, '{"title":"before"}')
  const patch = (url: string, type: string) =>
    on.app.inject({
      method: 'PATCH',
      url,
      headers: { ...asBrowser, 'content-type': type },
      payload: JSON.stringify({ title: 'after', version }),
    })
  const patched = await patch(`/api/v1/notes/${id}`, 'application/merge-patch+json; charset=utf8')
  expect(patched.json()).toMatchObject({ title: 'after' })
})

describe('addresses', () => {
  test.for(['/api/v1/notes?label=%ff', '/trpc/notes.list?input=%C3', '/api?%E0%A4%A=1', '/?q=%80'])(
    '%s is not UTF-8',
    async (url) => {
      const response = await on.app.inject(url)
      expect([response.statusCode, response.body]).toEqual([
        400,
        expect.stringContaining('request/not-utf-8'),
      ])
    },
  )

  test.for(['?label=caf%C3%A9', '?label=%E2%9C%93', '?label=a%2Fb'])('%s is', async (query) => {
    expect((await on.app.inject(`/api/v1/notes${query}`)).statusCode).toBeLessThan(500)
    expect((await on.app.inject(`/api/v1/notes${query}`)).body).not.toContain('not-utf-8')
  })
})

import { gunzipSync } from 'node:zlib'
import type { OpenApiDocument } from '@galley/api-tools/openapi/document'
import { contractHeader } from '@galley/contract/skew'
import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { operationsIn } from './examples.ts'
import { bearer } from '../identity/tokens.ts'

const on = useApp()
const url = '/api/v1/openapi.json'

test('the document is served from the address it names, to anybody, and may be kept', async () => {
  const first = await on.app.inject(url)
  expect(first.statusCode).toBe(200)
  expect(first.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'public, max-age=300',
  })
  const { servers, info, openapi } = first.json<OpenApiDocument>()
  expect(openapi).toMatch(/^3\.1\./)
  expect(servers).toEqual([{ url: 'https://galley.test/api/v1', description: 'This server.' }])
  expect(info.version).toBe(contractHeader())
  const { etag } = first.headers
  const again = await on.app.inject({ url, headers: { 'if-none-match': String(etag) } })
  expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag])
  const other = await on.app.inject({ url, headers: { 'if-none-match': '"other"' } })
  expect(other.body).toBe(first.body)
})

test.each([url, '/api/reference.json'])(
  '%s is compressed for those who take it',
  async (address) => {
    const plain = await on.app.inject(address)
    const packed = await on.app.inject({ url: address, headers: { 'accept-encoding': 'gzip, br' } })
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'application/json; charset=utf-8',
      vary: expect.stringContaining('accept-encoding'),
    })
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body)
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 4)
    expect(packed.headers.etag).not.toBe(plain.headers.etag)
    const again = await on.app.inject({
      url: address,
      headers: { 'accept-encoding': 'gzip', 'if-none-match': String(packed.headers.etag) },
    })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    const refused = await on.app.inject({
      url: address,
      headers: { 'accept-encoding': 'gzip;q=0' },
    })
    expect(refused.headers['content-encoding']).toBeUndefined()
  },
)

test('every operation of the document is there, and everything there is in the document', async () => {
  const document = (await on.app.inject(url)).json<OpenApiDocument>()
  const described = operationsIn(document).map(({ method, path }) => [
    method.toUpperCase(),
    `/api/v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
  ])
  for (const [method = '', address = ''] of described) {
    expect(on.app.hasRoute({ method, url: address }), `${method} ${address}`).toBe(true)
  }
  expect(described.length).toBe(89)
})

test('what the document needs a credential for refuses who has none, and what it does not, does not', async () => {
  const document = (await on.app.inject(url)).json<OpenApiDocument>()
  expect(document.paths['/auth/tokens']?.post?.security).toEqual([])
  for (const { method, path, operation } of operationsIn(document)) {
    const request = {
      method: method.toUpperCase() as 'GET',
      url: `/api/v1${path.replaceAll(/\{\w+\}/g, 'nobody')}`,
      ...((operation.requestBody || method === 'post') && { payload: {} }),
    }
    const answer = await on.app.inject(request)
    const isOpen = operation.security.length === 0 || operation.security.some(isEmpty)
    expect(answer.statusCode === 401, operation.operationId).toBe(!isOpen)
    const known = await on.app.inject({ ...request, headers: bearer('gly_never') })
    expect(known.statusCode === 401, operation.operationId).toBe(operation.security.length > 0)
  }
})

const isEmpty = (requirement: object) => Object.keys(requirement).length === 0

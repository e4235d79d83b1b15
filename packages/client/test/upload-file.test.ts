import { expect, test } from 'vitest'
import { uploadFile } from '../src/index.ts'
import { serve } from './server.ts'

const file = new File(['x'], 'cat.png', { type: 'image/png' })
const auth = { token: 'gly_x' }

test('what is said of a file is sent before it, with the token and the key', async () => {
  const { url, seen } = await serve((_request, response) =>
    response
      .writeHead(201, { 'content-type': 'application/json' })
      .end('{"id":"m","state":"quarantined"}'),
  )
  const given = { file, alt: 'A cat', decorative: false, idempotencyKey: 'k' }
  expect(await uploadFile({ url, auth }, given)).toEqual({ id: 'm', state: 'quarantined' })
  const [request] = seen
  expect(request).toMatchObject({
    method: 'POST',
    url: '/api/v1/media',
    headers: { authorization: 'Bearer gly_x', 'idempotency-key': 'k' },
  })
  const names = Array.from(request?.body.matchAll(/ name="(\w+)"/g) ?? [], ([, name]) => name)
  expect(names).toEqual(['alt', 'decorative', 'file'])
  expect(request?.body).toContain('filename="cat.png"')
})

test('a Blob is sent under the name that is given', async () => {
  const { url, seen } = await serve((_request, response) => response.writeHead(201).end('{}'))
  await uploadFile({ url, auth }, { file: new Blob(['x'], { type: 'image/png' }), name: 'b.png' })
  expect(seen[0]?.body).toContain('filename="b.png"')
})

test('a refusal, no response and an end by the caller are GalleyErrors', async () => {
  const { url } = await serve((_request, response) =>
    response
      .writeHead(409, { 'content-type': 'application/problem+json', 'x-request-id': 'r-1' })
      .end('{"reason":"media/quota-exceeded","detail":"There is no room left."}'),
  )
  await expect(uploadFile({ url, auth }, { file })).rejects.toMatchObject({
    name: 'GalleyError',
    reason: 'media/quota-exceeded',
    message: 'There is no room left.',
    status: 409,
    requestId: 'r-1',
  })
  const nobody = { url: 'http://127.0.0.1:9', auth }
  await expect(uploadFile(nobody, { file })).rejects.toMatchObject({ reason: 'client/unreachable' })
  const signal = AbortSignal.abort()
  await expect(uploadFile({ url, auth }, { file, signal })).rejects.toMatchObject({
    reason: 'client/aborted',
  })
})

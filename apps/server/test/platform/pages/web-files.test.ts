import { describe, expect, test } from 'vitest'
import { accepted, accepting, decoders, script, useWebApp } from './web-app.ts'

const { on, web } = useWebApp()

describe('files', () => {
  test('with a hash in their name are kept for ever, others for an hour', async () => {
    const asset = await on.app.inject('/assets/app-1a2b.js')
    expect(asset.body).toBe('content of assets/app-1a2b.js')
    expect(asset.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'application/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
    })
    const icon = await on.app.inject('/icon.svg')
    expect(icon.headers['cache-control']).toBe('public, max-age=3600')
    expect(web.seen).toEqual([])
  })

  test('HD1 are not sent again, with all headers', async () => {
    const first = await on.app.inject('/icon.svg')
    const again = await on.app.inject({
      url: '/icon.svg',
      headers: { 'if-none-match': String(first.headers.etag) },
    })
    expect(again.statusCode).toBe(304)
    expect(again.headers['content-security-policy']).toContain("object-src 'none'")
  })

  test('neither cost nor look up a session', async () => {
    const response = await on.app.inject({
      url: '/icon.svg',
      headers: { cookie: `__Host-galley-session=${'x'.repeat(43)}` },
    })
    expect(response.headers).not.toHaveProperty('ratelimit')
    expect(response.headers).not.toHaveProperty('set-cookie')
  })

  test.for([
    '/assets/app-1a2b.js.map',
    '/assets/big-3c4d.js.br',
    '/assets/big-3c4d.js.gz',
    '/.env',
    '/.hidden/x.txt',
    '/assets/..%2ficon.svg',
    '/..%2f..%2f..%2fetc/passwd',
  ])('CF4 %s is not one: the request goes to the pages', async (url) => {
    web.answer = () => new Response('nothing here', { status: 404 })
    const response = await on.app.inject(url)
    expect(response.statusCode).toBe(404)
    expect(response.body).toBe('nothing here')
  })
})

describe('compressed files', () => {
  const url = '/assets/big-3c4d.js'

  test.for(accepted)('for Accept-Encoding %s: %s', async ([header, encoding]) => {
    const { headers, rawPayload } = await on.app.inject({ url, headers: accepting(header) })
    expect(headers['content-encoding'] ?? 'identity').toBe(encoding)
    expect(headers).toMatchObject({
      'content-type': 'application/javascript; charset=utf-8',
      'content-length': String(rawPayload.length),
      'cache-control': 'public, max-age=31536000, immutable',
      vary: expect.stringContaining('accept-encoding'),
    })
    expect(decoders[encoding](rawPayload).toString()).toBe(script)
    expect(rawPayload.length < script.length).toBe(encoding !== 'identity')
  })

  test('a file that the build did not compress is sent without an encoding', async () => {
    const response = await on.app.inject({ url: '/icon.svg', headers: accepting('br, gzip') })
    expect(response.body).toBe('content of icon.svg')
    expect(response.headers).not.toHaveProperty('content-encoding')
    expect(response.headers.vary).toContain('accept-encoding')
  })

  test('HEAD has the headers of GET, and no body', async () => {
    const of = (method: 'GET' | 'HEAD') => on.app.inject({ method, url, headers: accepting('br') })
    const [got, head] = [await of('GET'), await of('HEAD')]
    expect(head.body).toBe('')
    for (const name of ['content-encoding', 'content-length', 'content-type', 'etag', 'vary']) {
      expect(head.headers[name], name).toBe(got.headers[name])
    }
  })

  test('each encoding has an ETag of its own, and is not sent again', async () => {
    const etags = new Set<string>()
    for (const encoding of ['br', 'gzip', undefined]) {
      const first = await on.app.inject({ url, headers: accepting(encoding) })
      const etag = String(first.headers.etag)
      etags.add(etag)
      const again = await on.app.inject({
        url,
        headers: { ...accepting(encoding), 'if-none-match': etag },
      })
      expect(again.statusCode).toBe(304)
      expect(again.body).toBe('')
      expect(again.headers.vary).toContain('accept-encoding')
    }
    expect(etags.size).toBe(3)
  })
})

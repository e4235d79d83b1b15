import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accepted, accepting, decoders, useWebApp } from './web-app.ts'

const { on, web } = useWebApp()

describe('compressed pages', () => {
  const html = `<!doctype html><p>${'A page – of text. '.repeat(200)}</p>`
  const headers = { 'content-type': 'text/html; charset=utf-8' }
  let origin: string
  beforeAll(async () => {
    origin = await on.app.listen({ host: '127.0.0.1', port: 0 })
  })
  beforeEach(() => {
    web.answer = () => new Response(html, { headers })
  })

  test.for(accepted)('for Accept-Encoding %s: %s', async ([header, encoding]) => {
    const response = await on.app.inject({ url: '/', headers: accepting(header) })
    expect(response.headers['content-encoding'] ?? 'identity').toBe(encoding)
    expect(response.headers.vary).toBe('accept, accept-encoding, authorization, cookie')
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(decoders[encoding](response.rawPayload).toString()).toBe(html)
    expect(response.rawPayload.length < html.length).toBe(encoding !== 'identity')
  })

  test('HEAD and a redirect have no body to compress', async () => {
    const head = await on.app.inject({ method: 'HEAD', url: '/', headers: accepting('br') })
    expect(head.statusCode).toBe(200)
    expect(head.rawPayload).toHaveLength(0)
    expect(head.headers.vary).toBe('accept, accept-encoding, authorization, cookie')
    web.answer = () => new Response(null, { status: 307, headers: { location: '/sign-in' } })
    const redirect = await on.app.inject({ url: '/settings', headers: accepting('br') })
    expect(redirect.statusCode).toBe(307)
    expect(redirect.rawPayload).toHaveLength(0)
    expect(redirect.headers).not.toHaveProperty('content-encoding')
  })

  test.for(['br', 'gzip'])(
    '%s arrives part by part, and stops when nobody listens',
    async (encoding) => {
      const cancelled = Promise.withResolvers<void>()
      web.answer = () => {
        const body = new ReadableStream({
          start: (stream) => stream.enqueue(new TextEncoder().encode(html)),
          cancel: () => cancelled.resolve(),
        })
        return new Response(body, { headers })
      }
      const reading = new AbortController()
      const response = await fetch(origin, { headers: accepting(encoding), signal: reading.signal })
      expect(response.headers.get('content-encoding')).toBe(encoding)
      const parts = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      let received = ''
      while (received.length < html.length) received += (await parts?.read())?.value ?? ''
      expect(received).toBe(html)
      reading.abort()
      await cancelled.promise
    },
  )

  test('are compressed, responses of the API are not', async () => {
    const response = await on.app.inject({
      url: '/trpc/identities.providers',
      headers: accepting('br'),
    })
    expect(response.headers).not.toHaveProperty('content-encoding')
    expect(response.json()).toHaveProperty('result')
  })
})

import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noNginx, startTestNginx, type TestNginx } from '../../src/nginx.ts'
import { findProgram } from '../../src/on-path.ts'

const example = path.join(import.meta.dirname, '../../../../deploy/nginx/galley.conf')
const openssl = findProgram('openssl') ?? ''
const none = noNginx || (openssl === '' ? ' (skipped: there is no openssl on the PATH)' : '')

describe.skipIf(none)(`nginx with TLS${none}`, () => {
  let nginx: TestNginx
  let socketPath = ''
  let ca: Buffer

  const upstream = createServer((request, response) => {
    request.resume().once('end', () => response.end(JSON.stringify(request.headers)))
  })

  beforeAll(async () => {
    await once(upstream.listen(0, '127.0.0.1'), 'listening')
    const { port } = upstream.address() as AddressInfo
    nginx = await startTestNginx(({ folder, port: own }) => {
      const certificate = ['-x509', '-newkey', 'rsa:2048', '-noenc', '-subj', '/CN=localhost']
      const files = ['-keyout', `${folder}/key`, '-out', `${folder}/certificate`]
      execFileSync(openssl, ['req', ...certificate, ...files], { stdio: 'ignore' })
      ca = readFileSync(`${folder}/certificate`)
      socketPath = `${folder}/http.sock`
      return readFileSync(example, 'utf8')
        .replace('/var/cache/nginx/galley', `${folder}/cache`)
        .replace('server 127.0.0.1:3000', `server 127.0.0.1:${port}`)
        .replace('listen 80;', `listen unix:${socketPath};`)
        .replace('listen 443 ssl', `listen 127.0.0.1:${own} ssl`)
        .replace('/etc/ssl/galley.pem', `${folder}/certificate`)
        .replace('/etc/ssl/galley.key', `${folder}/key`)
    })
  })
  afterAll(async () => {
    await nginx[Symbol.asyncDispose]()
    upstream.close()
  })

  const ask = async (target: string, body?: { announced: number; sent: number }) => {
    const url = new URL(target, nginx.origin.replace('http:', 'https:'))
    const options = { method: body ? 'POST' : 'GET', ca, servername: 'localhost', agent: false }
    const asked = httpsRequest(url, options).on('error', () => {})
    asked.setHeader('content-length', body?.announced ?? 0)
    asked.write(Buffer.alloc(body?.sent ?? 0))
    const [response]: IncomingMessage[] = await once(asked, 'response')
    asked.destroy()
    if (!response) throw new Error('No response')
    return response
  }

  test('tells Galley how and by whom it was asked', async () => {
    const headers = await json(await ask('/'))
    expect(headers).toMatchObject({
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '127.0.0.1',
      host: '127.0.0.1',
    })
  })

  test('sends who comes by http to https', async () => {
    const asked = httpRequest({
      socketPath,
      path: '/a?b=c',
      headers: { host: 'galley.test' },
    }).end()
    const [response]: IncomingMessage[] = await once(asked, 'response')
    expect(response?.statusCode).toBe(308)
    expect(response?.headers.location).toBe('https://galley.test/a?b=c')
    response?.resume()
  })

  test('takes the largest upload, and not much more', async () => {
    const large = 2 * 1024 * 1024
    const taken = await ask('/api/v1/media', { announced: large, sent: large })
    expect(taken.statusCode).toBe(200)
    const refused = await ask('/api/v1/media', { announced: 33 * 1024 * 1024, sent: 0 })
    expect(refused.statusCode).toBe(413)
  })
})

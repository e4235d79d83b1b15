// That a secret which a program writes is found, as it is looked for in every file of tests that starts one.
import { once } from 'node:events'
import { mkdtempDisposable } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createSmtpMailer } from '@galley/mail/smtp'
import { startMailSink } from '@galley/testing/mail-sink'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'
import { expectKeptByPrograms, notingTraffic } from '../../program-canaries.ts'
import { startNode } from '../../program.ts'

const random = (name: string) => `${name}-`.padEnd(43, 'x')
const answer = JSON.stringify({ accessToken: `${random('head')}.${random('access')}` })
const cookie = `__Host-galley-device=id.id.1.${random('device')}; Path=/`
const server = createServer((request, response) => {
  request.resume().on('end', () => response.setHeader('set-cookie', [cookie]).end(answer))
})
beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'))
afterAll(() => server.close())

/** A program that writes this, on either way out, and its variables. */
const write = (text: string, env: Record<string, string> = {}, stream = 'stdout') =>
  startNode(['--eval', `process.${stream}.write(${JSON.stringify(text)})`], env).end()

async function talk() {
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}/unsubscribe?token=a.b.${random('link')}`, {
    method: 'POST',
    headers: {
      cookie: `__Host-galley-session=${random('session')}`,
      authorization: `Bearer gly_${random('api')}`,
    },
    body: JSON.stringify({ password: 'typed by somebody', token: random('reset') }),
  })
  await response.text()
}

test.each([
  ['device', random('device')],
  ['session', random('session')],
  ['bearer token', `gly_${random('api')}`],
  ['link', random('link')],
  ['token', random('access')],
  ['token', random('reset')],
  ['password', 'typed by somebody'],
])('LG1 a %s that was sent or received is named: %s', async (kind, secret) => {
  await talk()
  await write(`{"level":30,"msg":"${secret}"}\n`)
  await expect(expectKeptByPrograms()).rejects.toThrow(`wrote: ${kind}: {"level":30`)
})

test.each([
  ['ENCRYPTION_KEYS', ENCRYPTION_KEYS, ENCRYPTION_KEYS.slice('test:'.length)],
  ['DATABASE_URL', `postgres://a:${random('own')}@127.0.0.1/b`, random('own')],
  ['S3_SECRET_ACCESS_KEY', random('s3'), random('s3')],
  ['OIDC_PROVIDERS', `[{"url":"https://a:b@c","clientSecret":"${random('c')}"}]`, random('c')],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'a=1,x-key=of%20the%20collector', 'of the collector'],
])('LG1 what is secret in %s is named', async (name, value, secret) => {
  await write(`failed: ${secret}\n`, { [name]: value }, 'stderr')
  await expect(expectKeptByPrograms()).rejects.toThrow(`wrote: ${name}: failed`)
  await write('ready: 127.0.0.1 x-key\n', { [name]: value })
  await expectKeptByPrograms()
})

test('LG1 the link in a mail that a program sent is named', async () => {
  const sink = await startMailSink()
  const site = { name: 'Galley', origin: 'https://galley.test' }
  const mailer = createSmtpMailer({ url: sink.url, from: 'a@galley.test', site })
  const action = { label: 'Verify', url: `https://galley.test/verify?token=${random('mailed')}` }
  const mail = { to: 'b@galley.test', subject: 'Hello', paragraphs: [], action }
  await mailer.send(mail, { id: 'test' })
  await sink.close()
  await write(`sent ${random('mailed')}\n`)
  await expect(expectKeptByPrograms()).rejects.toThrow('wrote: link: sent')
})

test('what programs write besides is let through', async () => {
  await talk()
  await write('{"msg":"request","path":"/unsubscribe","token":"[redacted]"}\n')
  await expectKeptByPrograms()
})

describe('LG1 of a server that a browser talks to', () => {
  const listening = `
    const server = require('node:http').createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk)).on('end', () => {
        response.writeHead(200, { 'set-cookie': '${cookie}' }).end('{"token":"${random('made')}"}')
        console.log(process.env.TOLD)
        server.close()
      })
    })
    server.listen(0, '127.0.0.1', () => console.log(server.address().port))`

  /** Sent by other means than `fetch`, of which this process would hear. */
  async function talkTo(told: string) {
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'galley-notes-'))
    const noting = notingTraffic(path.join(folder.path, 'secrets'))
    const program = startNode(['--eval', listening], { ...noting, TOLD: told })
    const [port] = await once(program.child.stdout, 'data')
    const headers = { cookie: `galley-session=${random('browser')}`, connection: 'close' }
    const body = new URLSearchParams({ password: 'typed into a form' }).toString()
    const sent = request({ port: Number(port), method: 'POST', path: '/', headers }).end(body)
    const [response] = await once(sent, 'response')
    response.resume()
    await program.exit
    await expectKeptByPrograms((line) => line.startsWith('made to show'))
  }

  test.each([
    ['session', random('browser')],
    ['password', 'typed into a form'],
    ['device', random('device')],
    ['token', random('made')],
  ])('a %s is named', async (kind, secret) => {
    await expect(talkTo(`told: ${secret}`)).rejects.toThrow(`wrote: ${kind}: told: ${secret}`)
    await talkTo(`made to show ${secret}`)
  })
})

import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createReadyAnswers } from './ready-answers.ts'

test('a connection that is gone before its answer is out has a line in the log, without an address', () => {
  const lines: string[] = []
  const { send, keep } = createReadyAnswers({
    env: { TRUST_PROXY: ['127.0.0.1'] },
    publicReads: { reserve: () => 100_000 },
    logger: pino({}, { write: (line) => void lines.push(line) }),
    securityHeaders: {
      headersFor: () => ({}),
      policyOf: () => '',
      createNonce: () => ({ nonce: '', policy: {} }),
    },
  })
  const request = Object.assign(new IncomingMessage(new Socket()), {
    method: 'GET',
    url: '/api/v1/tags',
    headers: { host: 'galley.test', 'x-forwarded-for': '203.0.113.9' },
  })
  keep(request, {
    etag: '"x"',
    body: Buffer.from('{}'),
    ageNow: () => 0,
    procedure: 'tags.list',
    headers: { 'content-type': 'application/json' },
  })
  const response = new ServerResponse(request)
  expect(send(request, response)).toBe(true)
  response.emit('close')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: 'request broke off', path: '/api/v1/tags', ip: '' },
  ])
})

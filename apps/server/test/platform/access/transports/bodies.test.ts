import { appRouter } from '@galley/api/root'
import { listRestOperations } from '@galley/api-tools/rest'
import { expect, test } from 'vitest'
import { useApp } from '../../../app.ts'
import { callInOrder } from '../call-in-order.ts'
import { procedureOf } from '../procedures.ts'

const app = useApp({ LOG_LEVEL: 'silent' })
const withBodyOnly = listRestOperations(appRouter).filter(
  ({ method, path }) => method === 'POST' && !path.includes('{'),
)
const json = 'application/json'

const bodies: Record<string, { type: string; body: string; reason: string }> = {
  'half an object': { type: json, body: '{"title":', reason: 'request/malformed' },
  'no JSON': { type: json, body: 'title=New', reason: 'request/malformed' },
  'too deep a body': {
    type: json,
    body: `{"title":${'['.repeat(100)}${']'.repeat(100)}}`,
    reason: 'request/malformed',
  },
  'a form': { type: 'text/plain', body: '{}', reason: 'request/unsupported-media-type' },
  'a form with fields': {
    type: 'application/x-www-form-urlencoded',
    body: 'title=New',
    reason: 'request/unsupported-media-type',
  },
  'a list': { type: json, body: '[]', reason: 'request/invalid' },
  'a text': { type: json, body: '"New"', reason: 'request/invalid' },
  'much too large a body': {
    type: json,
    body: `{"title":"${'x'.repeat(3_000_000)}"}`,
    reason: 'request/too-large',
  },
}

test.each(withBodyOnly.map((operation) => [operation.name, operation.path] as const))(
  'AZ6 %s refuses the same bodies over both transports',
  async (name, path) => {
    const { headers } = await callInOrder(app, procedureOf(name))
    for (const [what, { type, body, reason }] of Object.entries(bodies)) {
      const send = (url: string) =>
        app.app.inject({
          method: 'POST',
          url,
          headers: { ...headers, 'content-type': type },
          payload: body,
        })
      const byTrpc = await send(`/trpc/${name}`)
      const byRest = await send(`/api/v1${path}`)
      const { reason: given, code } = byTrpc.json().error.data
      expect([what, given]).toEqual([what, reason])
      expect([what, byRest.statusCode, byRest.json()]).toEqual([
        what,
        byTrpc.statusCode,
        expect.objectContaining({ reason, code }),
      ])
    }
  },
)

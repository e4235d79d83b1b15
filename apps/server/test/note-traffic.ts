// Loaded into servers that browsers use: writes down what secret came in or went out, for what reads their output in the end.
import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { secretsIn } from './secret-forms.ts'

const file = process.env.NOTED_SECRETS ?? ''
/** Larger ones are files and pages. */
const MAX_CHARS = 64 * 1024
const noted = new Set<string>()

function note(given: unknown): void {
  const text = given instanceof Uint8Array ? Buffer.from(given).toString() : given
  if (typeof text !== 'string' || text.length > MAX_CHARS) return
  for (const secret of secretsIn(text)) {
    if (noted.has(secret.text)) continue
    noted.add(secret.text)
    appendFileSync(file, `${JSON.stringify(secret)}\n`)
  }
}

type Exchange = { request: IncomingMessage; response: ServerResponse }

subscribe('http.server.request.start', (message) => {
  const { request, response } = message as Exchange
  note([request.url, ...request.rawHeaders].join('\n'))
  // By what the parser hands over a body with: who listens to it later loses nothing.
  request.push = noting(request.push.bind(request))
  response.writeHead = noting(response.writeHead.bind(response))
  response.write = noting(response.write.bind(response))
  response.end = noting(response.end.bind(response))
})

/** The same function, whose arguments are looked at. */
const noting = <Given extends (...args: never[]) => unknown>(given: Given): Given =>
  new Proxy(given, {
    apply(target, self, args: unknown[]) {
      for (const arg of args) note(isHeaders(arg) ? headersOf(arg) : arg)
      return Reflect.apply(target, self, args)
    },
  })

const isHeaders = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array)

const headersOf = (headers: Record<string, unknown>) => Object.values(headers).flat().join('\n')

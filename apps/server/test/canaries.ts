import type { AppDeps } from '@galley/api/ctx'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { Metrics } from '../src/metrics/metrics.ts'
import type { TestApp } from './app.ts'
import { dumpDatabase } from './dump.ts'
import { markAdapters } from './marked-adapters.ts'
import { createFinder } from './secret-finder.ts'
import { shownBy, toldOnly } from './shown-secrets.ts'

/**
 * LG1 in every test of the server: whatever is secret is noted when it is made, or comes in, and looked for in each answer, each
 * mail, each log line, each row, the metrics and the spans. Only the answer or the mail that it is made for may hold it.
 */
export type Canaries = {
  /** The same adapters; what they make and take of secrets is noted. */
  marked(domain: AppDeps): AppDeps
  /** Looks through every answer of `app.inject`, and of the app's port where it listens. */
  listenTo(app: Pick<FastifyInstance, 'inject' | 'server'>): void
  /** Throws where a secret was shown, or is in one of these lines or in what else is left. */
  expectKept(
    logs: Iterable<string>,
    left?: {
      database?: TestApp['database'] | undefined
      metrics?: Metrics | undefined
      /** What spans were told. */
      spans?: Iterable<string>
    },
  ): Promise<void>
}

export function createCanaries(): Canaries {
  const finder = createFinder()
  const { mark, kindsIn } = finder
  const leaks = new Set<string>()

  function answered(url: string, body: string) {
    for (const [kind, calls, form] of toldOnly) {
      if (!calls.test(url)) continue
      for (const [, token = ''] of body.matchAll(form)) mark(kind, token)
    }
    const wrong = kindsIn(body).filter((kind) => !shownBy(kind, url))
    if (wrong.length > 0) leaks.add(`the answer of ${url.slice(0, 200)} holds: ${wrong[0]}`)
  }

  return {
    marked: (domain) =>
      markAdapters(domain, finder, (mail) => {
        const wrong = kindsIn(mail).filter((kind) => !kind.startsWith('token of '))
        if (wrong.length > 0) leaks.add(`a mail holds: ${wrong.join(', ')}`)
      }),
    listenTo(app) {
      const inject = app.inject.bind(app)
      const listening = async (options: InjectOptions | string) => {
        const response = await inject(options)
        if (typeof response.body === 'string') answered(urlOf(options), response.body)
        return response
      }
      // Tests call it in this one of its ways.
      app.inject = listening as typeof app.inject
      const lookFor = (url: string) => (chunk: unknown) => {
        const isText = typeof chunk === 'string'
        if (isText || chunk instanceof Uint8Array) {
          answered(url, isText ? chunk : Buffer.from(chunk).toString())
        }
      }
      app.server.prependListener('request', ({ url = '' }, response) => {
        response.write = lookedAt(response.write.bind(response), lookFor(url))
        response.end = lookedAt(response.end.bind(response), lookFor(url))
      })
      // A server masks nothing that it sends over a WebSocket.
      app.server.prependListener('upgrade', ({ url = '' }, socket) => {
        socket.write = lookedAt(socket.write.bind(socket), lookFor(url))
      })
    },
    async expectKept(logs, { database, metrics, spans = [] } = {}) {
      for (const line of logs) {
        const [kind] = kindsIn(line)
        if (kind !== undefined) leaks.add(`a log line holds: ${kind}: ${line.slice(0, 500)}`)
      }
      for (const [table, rows] of database ? await dumpDatabase(database) : []) {
        for (const kind of kindsIn(rows)) leaks.add(`${table} holds: ${kind}`)
      }
      const [measured] = kindsIn(JSON.stringify((await metrics?.collect(false)) ?? {}))
      if (measured !== undefined) leaks.add(`the metrics hold: ${measured}`)
      for (const text of spans) {
        const [kind] = kindsIn(text)
        if (kind !== undefined) leaks.add(`a span holds: ${kind}: ${text.slice(0, 500)}`)
      }
      if (leaks.size > 0) throw new Error([...leaks].join('\n'))
    },
  }
}

/** The same function, whose first argument is looked at. */
const lookedAt = <Given extends (...args: never[]) => unknown>(
  given: Given,
  look: (first: unknown) => void,
): Given =>
  new Proxy(given, {
    apply(target, self, args: unknown[]) {
      look(args[0])
      return Reflect.apply(target, self, args)
    },
  })

function urlOf(options: InjectOptions | string): string {
  const url = typeof options === 'string' ? options : options.url
  return typeof url === 'string' ? url : (url?.pathname ?? '')
}

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Logger } from 'pino'
import { BootError } from '../boot-error.ts'
import { pathOf } from '../paths.ts'

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'
const MAX_CONNECTIONS = 20

type Options = { host: string; port: number; log: Logger }

/**
 * Serves what `read` returns at `/metrics`, on a port of its own, so that no proxy in front shows it to everybody. Those who
 * ask at once get the same. Throws BootError where the port cannot be had.
 */
export async function listenForScrapes(read: () => Promise<string>, { host, port, log }: Options) {
  let reading: Promise<string> | undefined
  const server = createServer(
    { requestTimeout: 5_000, headersTimeout: 5_000 },
    (request, response) => {
      const { method, url = '' } = request
      if (pathOf(url) !== '/metrics') return void response.writeHead(404).end()
      if (method !== 'GET' && method !== 'HEAD') {
        return void response.writeHead(405, { allow: 'GET, HEAD' }).end()
      }
      reading ??= read().finally(() => (reading = undefined))
      reading.then(
        (text) => response.writeHead(200, { 'content-type': CONTENT_TYPE }).end(text),
        (error: unknown) => {
          log.error({ err: error }, 'metrics could not be read')
          response.writeHead(500).end()
        },
      )
    },
  )
  server.maxConnections = MAX_CONNECTIONS
  try {
    await once(server.listen(port, host), 'listening')
  } catch (error) {
    const { code }: { code?: unknown } = Object(error)
    throw new BootError(`METRICS_PORT ${port} cannot be listened on at ${host}: ${String(code)}`)
  }
  log.info({ host, port }, 'metrics are served')
  return {
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { BootError } from './boot-error.ts'
import { pathOf } from './paths.ts'

const MAX_CONNECTIONS = 20

export type SideAnswer = { status?: number; type: string; body: string }

type Options = {
  /** The variable that chose the port. */
  variable: string
  host: string
  port: number
  log: Logger
  /** What there is, by path. */
  answers: Record<string, () => SideAnswer | Promise<SideAnswer>>
}

/** Answers GET on a port beside the one that people open, for those who watch over the process. Throws BootError where the port cannot be had. */
export async function listenBeside({ variable, host, port, log, answers }: Options) {
  const server = createServer(
    { requestTimeout: 5_000, headersTimeout: 5_000 },
    (request, response) => void respond(request, response),
  )
  server.maxConnections = MAX_CONNECTIONS
  try {
    await once(server.listen(port, host), 'listening')
  } catch (error) {
    const { code }: { code?: unknown } = Object(error)
    throw new BootError(`${variable} ${port} cannot be listened on at ${host}: ${String(code)}`)
  }
  return {
    close() {
      server.close()
      server.closeAllConnections()
    },
  }

  async function respond({ method, url = '' }: IncomingMessage, response: ServerResponse) {
    const path = pathOf(url)
    const answer = Object.hasOwn(answers, path) ? answers[path] : undefined
    if (!answer) return response.writeHead(404).end()
    if (method !== 'GET' && method !== 'HEAD') {
      return response.writeHead(405, { allow: 'GET, HEAD' }).end()
    }
    try {
      const { status = 200, type, body } = await answer()
      const headers = { 'content-type': type, 'cache-control': 'no-store' }
      return response.writeHead(status, headers).end(body)
    } catch (error) {
      log.error({ err: error, path }, 'what was asked for could not be read')
      return response.writeHead(500).end()
    }
  }
}

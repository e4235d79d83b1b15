import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export type Seen = {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

/** A server that responds as a test says, and what it was asked. */
export async function serve(answer: (request: Seen, response: ServerResponse, at: number) => void) {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    void receive(request).then((one) => answer(one, response, seen.push(one)))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  return { url: `http://127.0.0.1:${address.port}`, seen }
}

async function receive(request: IncomingMessage): Promise<Seen> {
  const { method = '', url = '', headers } = request
  return { method, url, headers, body: await text(request) }
}

import { once } from 'node:events'
import { connect } from 'node:net'

export type RawRequest = {
  method?: string
  /** Sent as it is, byte by byte. */
  target: string
  headers?: Record<string, string>
  body?: string | Buffer
}

export type RawAnswer = { status: string; headers: string[]; body: string; isChunked: boolean }

// What differs from one answer to the next, and how a body is framed: by length, or in chunks.
const unimportant = /^(date|connection|keep-alive|content-length|transfer-encoding|x-request-id): /i

// Subscriptions stay open after their last event.
const lastEvent = /event: (return|serialized-error)\n.*\n\n/

/** Sends a request without any client between, and reads the answer to the end of the connection. */
export async function send(port: number, request: RawRequest): Promise<RawAnswer> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.write(headOf(request))
  if (request.body !== undefined) socket.write(request.body)
  socket.setEncoding('latin1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += String(chunk)
    if (lastEvent.test(answer)) socket.destroy()
  })
  await once(socket, 'close')
  return parse(answer.replace('HTTP/1.1 100 Continue\r\n\r\n', ''), request.method)
}

export function headOf({ method = 'GET', target, headers = {}, body }: RawRequest) {
  const all = {
    host: 'localhost',
    connection: 'close',
    ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1')
}

function parse(answer: string, method = 'GET'): RawAnswer {
  const end = answer.indexOf('\r\n\r\n')
  const [status = '', ...headers] = answer.slice(0, end).split('\r\n')
  const rest = answer.slice(end + 4)
  const isChunked = headers.some((header) => /^transfer-encoding: *chunked/i.test(header))
  return {
    status,
    headers: headers
      .filter((header) => !unimportant.test(header))
      .map((header) => header.replace(/^[^:]+/, (name) => name.toLowerCase()))
      .toSorted(),
    isChunked,
    body: isChunked && method !== 'HEAD' ? withoutChunks(rest) : rest,
  }
}

function withoutChunks(body: string): string {
  const lineEnd = body.indexOf('\r\n')
  const length = Number.parseInt(body.slice(0, lineEnd), 16)
  if (!length) return ''
  const start = lineEnd + 2
  return body.slice(start, start + length) + withoutChunks(body.slice(start + length + 2))
}

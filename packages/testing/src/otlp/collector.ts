import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { hexOf, type Message, messagesOf, numberOf, readMessage, textOf } from './protobuf.ts'

export type CollectedSpan = {
  traceId: string
  spanId: string
  /** Empty for the first of a trace. */
  parentId: string
  name: string
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer'
  attributes: Record<string, string | number | boolean>
  /** Of the process. */
  resource: CollectedSpan['attributes']
  failed: boolean
  /** What the span says of its status, and its events, which hold the messages of errors. */
  words: string[]
  /** In nanoseconds. */
  duration: bigint
}

/** A collector of traces that speaks OTLP over HTTP (http/protobuf), and keeps all it is sent. */
export type Collector = {
  url: string
  spans: readonly CollectedSpan[]
  /** Of each request that brought some of them. */
  headers: readonly IncomingHttpHeaders[]
  /** What was no request of OTLP, and why. */
  refused: readonly string[]
  close(): Promise<void>
}

/** Listens on loopback. */
export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = []
  const taken: IncomingHttpHeaders[] = []
  const refused: string[] = []
  const server = createServer((request, response) => {
    void take(request).then(
      () => response.writeHead(200, { 'content-type': TYPE }).end(),
      (error: unknown) => {
        refused.push(String(error))
        response.writeHead(400).end()
      },
    )
  })

  async function take(request: IncomingMessage) {
    const { method, url, headers } = request
    if (`${method} ${url}` !== 'POST /v1/traces') throw new Error(`${method} ${url}`)
    if (headers['content-type'] !== TYPE) throw new Error(String(headers['content-type']))
    spans.push(...readSpans(readMessage(await buffer(request))))
    taken.push(headers)
  }

  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo // a server that listens on a port has one
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    headers: taken,
    refused,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

const TYPE = 'application/x-protobuf'

/** `ExportTraceServiceRequest`, by the field numbers of opentelemetry-proto 1.x. */
const readSpans = (request: Message): CollectedSpan[] =>
  messagesOf(request, 1).flatMap((ofResource) => {
    const [resource] = messagesOf(ofResource, 1)
    const of = resource ? attributesOf(resource, 1) : {}
    return messagesOf(ofResource, 2).flatMap((ofScope) =>
      messagesOf(ofScope, 2).map((span) => toSpan(span, of)),
    )
  })

const kinds = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const

function toSpan(span: Message, resource: CollectedSpan['resource']): CollectedSpan {
  const [status] = messagesOf(span, 15)
  const events = messagesOf(span, 11)
  return {
    traceId: hexOf(span, 1),
    spanId: hexOf(span, 2),
    parentId: hexOf(span, 4),
    name: textOf(span, 5),
    kind: kinds[Number(numberOf(span, 6))] ?? 'internal',
    attributes: attributesOf(span, 9),
    resource,
    failed: status !== undefined && numberOf(status, 3) === 2n,
    words: [
      ...(status ? [textOf(status, 2)] : []),
      ...events.map((event) => textOf(event, 2) + JSON.stringify(attributesOf(event, 3))),
    ].filter((text) => text !== ''),
    duration: numberOf(span, 8) - numberOf(span, 7),
  }
}

const attributesOf = (message: Message, field: number): CollectedSpan['attributes'] =>
  Object.fromEntries(
    messagesOf(message, field).map((pair) => [textOf(pair, 1), valueOf(messagesOf(pair, 2)[0])]),
  )

function valueOf(any: Message | undefined): string | number | boolean {
  if (any?.has(2)) return numberOf(any, 2) === 1n
  if (any?.has(3)) return Number(numberOf(any, 3))
  if (any?.has(4)) return doubleOf(numberOf(any, 4))
  return any ? textOf(any, 1) : ''
}

function doubleOf(bits: bigint): number {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(bits)
  return bytes.readDoubleLE()
}

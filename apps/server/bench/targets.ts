import { isDeepStrictEqual } from 'node:util'
import type { Case, Transport } from './publishing/cases.ts'
import type { Call } from './load.ts'
import type { Server } from './servers/start.ts'

export type Servers = {
  /** What would be written by hand, on ordinary tables. */
  conventional: Server
  /** The same answers by hand on Galley's tables. */
  reference: Server
  /** The same with the settings of Galley's connections. */
  tuned: Server
  galley: Server
  /** With what it keeps for people who are signed out; the others keep nothing. */
  cached: Server
  several: Server
  official: Server
}

/** One column of the comparison: a transport of a server, with all the requests that the case sends there. */
export type Target = { name: string; server: Server; calls: Call[] }

type Column = { name: string; server: keyof Servers; transport: Transport }

const columns: Column[] = [
  { name: 'conventional', server: 'conventional', transport: 'reference' },
  { name: 'reference', server: 'reference', transport: 'reference' },
  { name: 'tuned reference', server: 'tuned', transport: 'reference' },
  { name: 'tRPC', server: 'galley', transport: 'trpc' },
  { name: 'REST', server: 'galley', transport: 'rest' },
  { name: 'tRPC, cached', server: 'cached', transport: 'trpc' },
  { name: 'REST, cached', server: 'cached', transport: 'rest' },
  { name: 'tRPC, 2 processes', server: 'several', transport: 'trpc' },
  { name: 'official plugin', server: 'official', transport: 'trpc' },
  { name: 'page', server: 'galley', transport: 'page' },
  { name: 'page, cached', server: 'cached', transport: 'page' },
  { name: 'page, 2 processes', server: 'several', transport: 'page' },
]

/** The columns that others are compared with. */
export const references = columns
  .filter(({ transport }) => transport === 'reference')
  .map(({ name }) => name)

/** The targets that have the case and return the same to its first request; logs why the others are left out. */
export async function findTargets(
  { name, calls, count, isPublic, compared = shapeOf }: Case,
  servers: Servers,
  log: (line: string) => void,
): Promise<Target[]> {
  const targets: Target[] = []
  let expected: unknown
  for (const column of columns) {
    if (column.server === 'cached' && !isPublic) continue
    const server = servers[column.server]
    const all = Array.from(
      { length: count },
      (_, n) => calls(n, server.publicOrigin)[column.transport],
    )
    const [first] = all
    if (!first) continue
    const { status, data } = await send(server, first)
    if (status < 200 || status > 299) {
      log(`skipped: ${name} over ${column.name}, which returned ${status}`)
      continue
    }
    expected ??= data
    if (column.transport !== 'page' && !isDeepStrictEqual(compared(data), compared(expected))) {
      throw new Error(`${name}: ${column.name} returns something else than the first target`)
    }
    targets.push({ name: column.name, server, calls: all.filter((call) => call !== undefined) })
  }
  return targets
}

async function send({ origin }: Server, { method, path, headers, body }: Call) {
  const response = await fetch(`${origin}${path}`, { method, headers, body })
  const { status } = response
  if (!response.headers.get('content-type')?.includes('json')) {
    await response.arrayBuffer()
    return { status, data: undefined }
  }
  const json: { result?: { data: unknown } } = JSON.parse(await response.text())
  return { status, data: json.result?.data ?? json }
}

/** What has to be equal: all of it, but for what is new with each comment. */
function shapeOf(data: unknown) {
  if (typeof data !== 'object' || data === null || !('articleId' in data)) return data
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      key === 'id' || key === 'createdAt' ? typeof value : value,
    ]),
  )
}

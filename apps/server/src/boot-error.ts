import { isConnectionError } from '@galley/db/errors'

/** A reason not to start that the operator can act on: printed as one line, without a stack. */
export class BootError extends Error {
  override readonly name = 'BootError'
}

/** Errors whose message says all that the operator needs; by name, since production does without the embedded server. */
const readable = new Set(['BackupError', 'BootError', 'ClusterError', 'MigrationError'])

/** What PostgreSQL and the resolver say when an address is wrong rather than a server away. */
const wrongAddress: Record<string, string> = {
  '28P01': 'the database refuses this user or password',
  '28000': 'the database refuses this user or password',
  '3D000': 'there is no database of this name',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name of the host cannot be looked up',
}

/** One line for the operator about an error at start; never a value from the environment, never a stack. */
export function bootProblem(error: unknown): string {
  if (error instanceof Error && readable.has(error.name)) return oneLine(error.message)
  const inner = innermost(error)
  const code = text(inner, 'code')
  const port = text(inner, 'port')
  if (code === 'EADDRINUSE') return `port ${port} is in use. Stop what runs there, or set PORT.`
  if (code === 'EACCES' && port) return `port ${port} may not be opened by this user. Set PORT.`
  const wrong = wrongAddress[code]
  if (wrong) return `DATABASE_URL: ${wrong} (${code}).`
  if (/unsupported startup parameter/.test(String(inner))) {
    return 'DATABASE_URL leads through a pool of connections: set DATABASE_DIRECT_URL, too (docs/operations.md, "Behind PgBouncer").'
  }
  if (/before secure TLS connection/.test(String(inner))) {
    return 'DATABASE_URL: the database offers no TLS. Switch it on there, or end the address in ?sslmode=disable.'
  }
  if (isConnectionError(inner)) return `DATABASE_URL: the database does not answer (${code}).`
  return oneLine(inner instanceof Error ? inner.message : String(inner))
}

const oneLine = (message: string) => message.replaceAll(/\s+/g, ' ').trim()

function innermost(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause
  return inner instanceof Error ? innermost(inner) : error
}

function text(error: unknown, name: string) {
  const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

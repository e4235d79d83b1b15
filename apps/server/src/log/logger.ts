import { type DestinationStream, type Logger, pino } from 'pino'
import type { Env } from '../env.ts'
import { serializeError } from './serialize-error.ts'

/** Names whose values must not reach a log, in whatever object they are. */
const secretNames = new Set([
  'authorization',
  'cookie',
  'password',
  'passwordHash',
  'secret',
  'set-cookie',
  'token',
])

const secretPaths = [...secretNames].map((name) => `["${name}"]`)

/**
 * A write of its own for each line would be a tenth of the work of a request; to hand blocks to another thread costs more
 * than to write them. What is lost when the process is killed is what it logged in the last fifth of a second; any other
 * end writes it out, and so does a fatal line. A pipe takes up to 4096 bytes as a whole (Linux, PIPE_BUF): the lines of
 * several processes do not mix, unless one is longer.
 */
const inBlocks = { dest: 1, sync: true, minLength: 3072, maxWrite: 4096, periodicFlush: 200 }

let latest = { at: 0, text: '' }

/** As pino's own, but written once for all lines of a millisecond. */
function isoTime(): string {
  const at = Date.now()
  if (at !== latest.at) latest = { at, text: `,"time":"${new Date(at).toISOString()}"` }
  return latest.text
}

/** JSON lines (on standard output unless `stream` is given) in production and tests; coloured text in development. */
export async function createLogger(
  { NODE_ENV, LOG_LEVEL }: Pick<Env, 'NODE_ENV' | 'LOG_LEVEL'>,
  stream?: DestinationStream,
): Promise<Logger> {
  const options = {
    level: LOG_LEVEL,
    base: null,
    timestamp: isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: hideSecrets,
    },
    serializers: { err: serializeError },
    // Of the bindings of child loggers, which no formatter sees.
    redact: { paths: secretPaths, censor: '[secret]' },
  }
  if (stream) return pino(options, stream)
  if (NODE_ENV === 'production') {
    const destination = pino.destination(inBlocks)
    process.once('exit', () => destination.flushSync())
    return pino(options, destination)
  }
  if (NODE_ENV === 'test') return pino(options)
  const { default: pretty } = await import('pino-pretty')
  return pino(options, pretty({ sync: true, singleLine: true, ignore: 'requestId,callId,ip' }))
}

/** Turned into few safe fields by their serializers, afterwards. */
const serialized = new Set(['err', 'req', 'res'])
/** As deep as log calls nest. */
const DEPTH = 3

/**
 * The object of a log call without what its secret members hold. Done here rather than by pino's own redaction of
 * deep paths, which looks each of them up in every line: six times the cost of the line itself, twice a request.
 */
function hideSecrets(object: Record<string, unknown>): Record<string, unknown> {
  return hide(object, DEPTH)
}

function hide(object: Record<string, unknown>, depth: number): Record<string, unknown> {
  let changed: Record<string, unknown> | undefined
  for (const [name, value] of Object.entries(object)) {
    const safe = secretNames.has(name) ? '[secret]' : safeValue(name, value, depth)
    if (safe === value) continue
    changed ??= { ...object }
    changed[name] = safe
  }
  return changed ?? object
}

function safeValue(name: string, value: unknown, depth: number): unknown {
  if (depth === 1 || !isObject(value) || serialized.has(name)) return value
  if (Array.isArray(value)) return value.map((item: unknown) => safeValue('', item, depth))
  return 'toJSON' in value ? value : hide(value, depth - 1)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

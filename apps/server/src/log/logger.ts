import { pino, type DestinationStream, type Logger } from 'pino'
import type { Env } from '../env.ts'
import { hideSecrets, secretNames } from './hide-secrets.ts'
import { serializeError } from './serialize-error.ts'

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
  if (NODE_ENV === 'production') return pino(options, pino.destination(inBlocks))
  if (NODE_ENV === 'test') return pino(options)
  const { default: pretty } = await import('pino-pretty')
  return pino(options, pretty({ sync: true, singleLine: true, ignore: 'requestId,callId,ip' }))
}

import { pino, type DestinationStream, type Logger } from 'pino'
import type { Env } from '../env.ts'
import { serializeError } from './serialize-error.ts'

/** Names that must not reach a log under any object, at the three depths that log calls use. */
const secretNames = [
  'authorization',
  'cookie',
  'password',
  'passwordHash',
  'secret',
  'token',
  '["set-cookie"]',
]
const secretPaths = secretNames.flatMap((name) => {
  const member = name.startsWith('[') ? name : `.${name}`
  return [name, `*${member}`, `*.*${member}`]
})

/** JSON lines (on standard output unless `stream` is given) in production and tests; coloured text in development. */
export async function createLogger(
  { NODE_ENV, LOG_LEVEL }: Pick<Env, 'NODE_ENV' | 'LOG_LEVEL'>,
  stream?: DestinationStream,
): Promise<Logger> {
  const options = {
    level: LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: serializeError },
    redact: { paths: secretPaths, censor: '[secret]' },
  }
  if (stream) return pino(options, stream)
  if (NODE_ENV !== 'development') return pino(options)
  const { default: pretty } = await import('pino-pretty')
  return pino(options, pretty({ sync: true, singleLine: true, ignore: 'requestId,callId,ip' }))
}

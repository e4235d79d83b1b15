import type { CallMeter } from '@galley/api/ctx'
import type { ErrorCode } from '@galley/contract/errors'
import type { Registry } from 'prom-client'
import { REQUEST_SECONDS } from './buckets.ts'
import { createDurations } from './durations.ts'

/** Errors that are the server's; the others say something of the caller. */
const serverErrors = new Set<ErrorCode>([
  'BAD_GATEWAY',
  'INTERNAL_SERVER_ERROR',
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
])

/** Measures calls of procedures over every transport, those that pages make in this process too. */
export function createCallMeter(registry: Registry): CallMeter {
  const durations = createDurations(registry, {
    name: 'rpc_server_call_duration_seconds',
    help: 'Duration of calls, by procedure and outcome.',
    labelNames: ['rpc_system_name', 'rpc_method', 'rpc_response_status_code', 'error_type'],
    buckets: REQUEST_SECONDS,
  })
  return {
    ended(path, ms, code) {
      durations(
        {
          rpc_system_name: 'trpc',
          rpc_method: path,
          rpc_response_status_code: code ?? 'OK',
          error_type: code !== undefined && serverErrors.has(code) ? code : undefined,
        },
        ms,
      )
    },
  }
}

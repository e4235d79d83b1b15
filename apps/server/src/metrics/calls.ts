import type { CallMeter } from '@galley/api/ctx'
import type { ErrorCode } from '@galley/contract/errors'
import { Histogram, type Registry } from 'prom-client'
import { REQUEST_SECONDS } from './buckets.ts'
import type { Works } from './work.ts'

/** Errors that are the server's; the others say something of the caller. */
const serverErrors = new Set<ErrorCode>([
  'BAD_GATEWAY',
  'INTERNAL_SERVER_ERROR',
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
])

/** Measures calls of procedures over every transport, those that pages make in this process too. */
export function createCallMeter(registry: Registry, works: Works): CallMeter {
  const duration = new Histogram({
    name: 'rpc_server_call_duration_seconds',
    help: 'Duration of calls, by procedure and outcome.',
    labelNames: ['rpc_system_name', 'rpc_method', 'rpc_response_status_code', 'error_type'],
    buckets: REQUEST_SECONDS,
    registers: [registry],
  })
  return {
    run: (path, call) => works.run('procedure', path, call),
    ended(path, ms, code) {
      duration.observe(
        {
          rpc_system_name: 'trpc',
          rpc_method: path,
          rpc_response_status_code: code ?? 'OK',
          ...(code !== undefined && serverErrors.has(code) && { error_type: code }),
        },
        ms / 1000,
      )
    },
  }
}

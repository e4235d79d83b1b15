import { z } from 'zod'
import { int } from './numbers.ts'

/** What processes run, what they tell of themselves, and how they end. */
export const processVariables = {
  WORKER: z
    .enum(['inline', 'none'])
    .default('inline')
    .describe(
      'Where jobs run: inline in this process, or none here, for when pnpm worker runs them alone.',
    ),
  WORKER_PORT: int(1, 65_535)
    .optional()
    .describe(
      'Where pnpm worker answers /health/live and /health/ready, at the address HOST: a port of its own. Nowhere when it is not set.',
    ),
  METRICS_PORT: int(1, 65_535)
    .optional()
    .describe(
      'Where Prometheus finds /metrics: a port of its own, for all processes of one pnpm start together; another one for pnpm worker on the same machine. Nothing is measured when it is not set.',
    ),
  METRICS_HOST: z
    .string()
    .default('127.0.0.1')
    .describe(
      'The address that METRICS_PORT is listened on. Who reaches it may read it, so no other than a private network.',
    ),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('The least severe lines to log: trace, debug, info, warn, error, fatal or silent.'),
  SHUTDOWN_DRAIN_MS: int(0, 60_000)
    .optional()
    .describe(
      'After SIGTERM: how long requests are still taken while /health/ready returns 503, in milliseconds. 1000 in production, 0 otherwise.',
    ),
  SHUTDOWN_TIMEOUT_MS: int(100, 120_000)
    .default(10_000)
    .describe('After SIGTERM: how long running requests may take to finish, in milliseconds.'),
}

import type { HttpAttempt } from '@galley/http/client'
import { policiesFor } from '@galley/limits/allowances'
import type { RateLimiter, RateLimitStatus } from '@galley/limits/rate-limiter'
import type { SignInThrottle } from '@galley/limits/throttle'
import { ObjectNotFound, RangeNotSatisfiable } from '@galley/storage/storage'
import { Counter, type Registry } from 'prom-client'
import { JOB_SECONDS, REQUEST_SECONDS } from './buckets.ts'
import { createDurations } from './durations.ts'
import { knownMethod, knownStatus } from './http.ts'

/** Measures what this process asks of others, and what it refuses. */
export type AdapterMeter = {
  /** Call for each attempt of the HTTP client. */
  attempt(attempt: HttpAttempt): void
  /** The same adapter, whose methods named in `operations` are measured. */
  adapter<Adapter extends object>(
    name: string,
    adapter: Adapter,
    operations: readonly (keyof Adapter & string)[],
  ): Adapter
  /** The same limiter, whose refusals are counted. */
  limiter(limiter: RateLimiter): RateLimiter
  /** The same throttle; its refusals are counted under this name. */
  throttle(policy: ThrottlePolicy, throttle: SignInThrottle): SignInThrottle
}

type ThrottlePolicy = 'sign-in-throttle' | 'code-throttle'

/** `hosts`: those that the configuration names; any other is counted as `other`. */
export function createAdapterMeter(
  registry: Registry,
  { hosts }: { hosts: ReadonlySet<string> },
): AdapterMeter {
  const requests = createDurations(registry, {
    name: 'http_client_request_duration_seconds',
    help: 'Duration of attempts at HTTP requests to others, by host.',
    labelNames: [
      'http_request_method',
      'server_address',
      'http_response_status_code',
      'error_type',
    ],
    buckets: REQUEST_SECONDS,
  })
  const operations = createDurations(registry, {
    name: 'galley_adapter_duration_seconds',
    help: 'Duration of what was asked of mail server, storage and virus scanner; with error_type, where it failed.',
    labelNames: ['adapter', 'operation', 'error_type'],
    buckets: JOB_SECONDS,
  })
  const refusals = new Counter({
    name: 'galley_rate_limit_refusals_total',
    help: 'What was refused since an allowance or the attempts at a secret were used up, by policy.',
    labelNames: ['policy'],
    registers: [registry],
  })
  // From zero: a series that begins with its first refusal has not grown for Prometheus.
  for (const policy of policies) refusals.inc({ policy }, 0)

  return {
    attempt({ host, method, ms, status, problem }) {
      const known = status === undefined ? undefined : knownStatus(status)
      requests(
        {
          http_request_method: knownMethod(method),
          server_address: hosts.has(host) ? host : 'other',
          http_response_status_code: known,
          error_type: problem ?? (status !== undefined && status >= 400 ? known : undefined),
        },
        ms,
      )
    },
    adapter: (name, adapter, operations) =>
      new Proxy(adapter, {
        get(target, member) {
          const value: unknown = Reflect.get(target, member)
          const operation = operations.find((one) => one === member)
          if (operation === undefined || typeof value !== 'function') return value
          return (...args: unknown[]) =>
            timed({ adapter: name, operation }, () => Reflect.apply(value, target, args))
        },
      }),
    limiter: (limiter) => ({
      ...limiter,
      chargeCall: async (...args) => counted(await limiter.chargeCall(...args)),
      chargeAllowance: async (...args) => counted(await limiter.chargeAllowance(...args)),
      // Asked where a token was wrong, of who is refused then.
      isOffender(key) {
        const isOffender = limiter.isOffender(key)
        if (isOffender) refusals.inc({ policy: 'offences' })
        return isOffender
      },
    }),
    throttle: (policy, throttle) => ({
      ...throttle,
      async attempt(key) {
        const outcome = await throttle.attempt(key)
        if (!outcome.allowed) refusals.inc({ policy })
        return outcome
      },
    }),
  }

  async function timed(labels: { adapter: string; operation: string }, work: () => unknown) {
    const begun = performance.now()
    let error_type: string | undefined
    try {
      return await work()
    } catch (error) {
      if (!isAnswer(error)) error_type = 'failed'
      throw error
    } finally {
      operations({ ...labels, error_type }, performance.now() - begun)
    }
  }

  function counted(status: RateLimitStatus): RateLimitStatus {
    if (!status.allowed) refusals.inc({ policy: status.policy.name })
    return status
  }
}

const { calls, network, named } = policiesFor(1)
const policies = [
  calls.name,
  network.name,
  ...Object.keys(named),
  'offences',
  ...(['sign-in-throttle', 'code-throttle'] satisfies ThrottlePolicy[]),
]

/** What a storage in order says of what is not there. */
const isAnswer = (error: unknown) =>
  error instanceof ObjectNotFound || error instanceof RangeNotSatisfiable

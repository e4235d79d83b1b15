import type { Logger } from 'pino'
import type { Env } from '../env.ts'

export type Tracing = {
  /** Sends what is left, for a second at most. */
  stop(): Promise<void>
}

/** Begins to make spans and to send them, where a collector is set; otherwise nothing of it is loaded. Call before all else is built. */
export async function startTracing(env: Env, log: Logger): Promise<Tracing | undefined> {
  const isWanted = env.OTEL_EXPORTER_OTLP_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT
  if (isWanted === undefined || env.OTEL_SDK_DISABLED) return undefined
  const { startSdk } = await import('./sdk.ts')
  return startSdk(env, log)
}

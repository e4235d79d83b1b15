import { buildApp, type AppOptions } from './app.ts'
import { checkDatabase } from './database-check.ts'
import { createDeps } from './deps.ts'
import type { Env } from './env.ts'
import { createLogger } from './log/logger.ts'
import { closeOnSignal, dropStartGarbage, exitOnUncaught } from './lifecycle.ts'
import { startMetrics } from './metrics/start.ts'
import { startWorker } from './start-worker.ts'
import { startTracing } from './tracing/start.ts'
import { findWebBuild } from './web-build.ts'

/** Serves requests in this process, and runs jobs in it where `env` says so, until a signal ends it. */
export async function serve(env: Env, options: Pick<AppOptions, 'router'> = {}) {
  const logger = await createLogger(env)
  exitOnUncaught(logger)
  const tracing = await startTracing(env, logger)
  const isProduction = env.NODE_ENV === 'production'
  await checkDatabase(env)
  const webBuild = isProduction ? findWebBuild() : undefined

  const metrics = await startMetrics(env, logger)
  const deps = createDeps(env, logger, metrics)
  metrics?.readDeps(deps)
  const app = await buildApp({
    env,
    deps,
    logger,
    metrics,
    ...options,
    ...(webBuild && { webBuild }),
  })
  const worker = env.WORKER === 'inline' ? startWorker(deps, logger, metrics?.jobs) : undefined
  closeOnSignal(logger, env.SHUTDOWN_DRAIN_MS + env.SHUTDOWN_TIMEOUT_MS, async () => {
    await Promise.all([app.close(), worker?.stop(env.SHUTDOWN_TIMEOUT_MS / 2)])
    await deps[Symbol.asyncDispose]()
    await metrics?.[Symbol.asyncDispose]()
    await tracing?.stop()
  })
  await app.ready()
  dropStartGarbage()
  await app.listen({ host: env.HOST, port: isProduction ? env.PORT : env.API_PORT })
}

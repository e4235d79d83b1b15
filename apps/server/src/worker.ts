import { checkDatabase } from './database-check.ts'
import { createDeps } from './deps.ts'
import { readEnv } from './env.ts'
import { listenForProbes } from './health/worker-probes.ts'
import { createLogger } from './log/logger.ts'
import { bootOrExit, closeOnSignal, exitOnUncaught } from './lifecycle.ts'
import { startMetrics } from './metrics/start.ts'
import { startWorker } from './start-worker.ts'
import { startTracing } from './tracing/start.ts'

// `pnpm worker`: runs jobs and serves nobody. Servers beside it may have WORKER=none.
await bootOrExit(async () => {
  const env = readEnv()
  const logger = await createLogger(env)
  exitOnUncaught(logger)
  const tracing = await startTracing(env, logger)
  await checkDatabase(env)

  const metrics = await startMetrics(env, logger)
  const deps = createDeps(env, logger, metrics)
  metrics?.readDeps(deps)
  // Without its database it begins with the defaults, and takes up work when that is back.
  await deps.domain.settings.refresh().catch(() => {})
  const endFollowing = deps.domain.settings.follow(deps)
  const worker = startWorker(deps, logger, metrics?.jobs)
  const probes = await listenForProbes(env, worker, logger)
  closeOnSignal(logger, env.SHUTDOWN_TIMEOUT_MS, async () => {
    probes?.leave()
    await worker.stop(env.SHUTDOWN_TIMEOUT_MS / 2)
    endFollowing()
    await deps[Symbol.asyncDispose]()
    await metrics?.[Symbol.asyncDispose]()
    await tracing?.stop()
    probes?.close()
  })
})

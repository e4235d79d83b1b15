import { afterAll, beforeAll } from 'vitest'
import type { JobWorker } from '@galley/jobs/create-jobs'
import { createLogger } from '../src/log/logger.ts'
import { startWorker } from '../src/start-worker.ts'
import type { TestApp } from './app.ts'

/** Runs the jobs of this app while the tests of a file run; it logs where the app does, and `isMeasured` where it is. */
export function useWorker(on: Pick<TestApp, 'deps' | 'logs' | 'metrics'>, isMeasured = false) {
  let worker: JobWorker | undefined
  beforeAll(async () => {
    const write = (line: string) => void on.logs.push(line)
    const logger = await createLogger({ NODE_ENV: 'test', LOG_LEVEL: 'trace' }, { write })
    worker = startWorker(on.deps, logger, isMeasured ? on.metrics().jobs : undefined)
    await worker.ready
  })
  afterAll(() => worker?.stop(2000))
}

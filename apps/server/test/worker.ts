import { afterAll, beforeAll } from 'vitest'
import type { JobWorker } from '@galley/jobs/create-jobs'
import { createLogger } from '../src/log/logger.ts'
import { startWorker } from '../src/start-worker.ts'
import type { TestApp } from './app.ts'

/** Runs the jobs of this app while the tests of a file run. */
export function useWorker(on: Pick<TestApp, 'deps'>) {
  let worker: JobWorker | undefined
  beforeAll(async () => {
    const logger = await createLogger({ NODE_ENV: 'test', LOG_LEVEL: 'silent' })
    worker = startWorker(on.deps, logger)
    await worker.ready
  })
  afterAll(() => worker?.stop(2000))
}

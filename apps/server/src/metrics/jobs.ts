import type { JobHandler } from '@galley/jobs/jobs'
import type { Registry } from 'prom-client'
import { JOB_SECONDS } from './buckets.ts'
import { createDurations } from './durations.ts'

export type JobMeter = {
  /** The same handler, measured. */
  handler(handler: JobHandler): JobHandler
}

/** Measures attempts at jobs. */
export function createJobMeter(registry: Registry): JobMeter {
  const durations = createDurations(registry, {
    name: 'messaging_process_duration_seconds',
    help: 'Duration of attempts at jobs, by job; with error_type, failed ones.',
    labelNames: [
      'messaging_system_name',
      'messaging_operation_name',
      'messaging_destination_name',
      'error_type',
    ],
    buckets: JOB_SECONDS,
  })
  return {
    handler: ({ definition, run }) => ({
      definition,
      run: async (payload, job) => {
        const begun = performance.now()
        let error_type: string | undefined = 'failed'
        try {
          const result = await run(payload, job)
          error_type = undefined
          return result
        } finally {
          durations(
            {
              messaging_system_name: 'pg-boss',
              messaging_operation_name: 'process',
              messaging_destination_name: definition.name,
              error_type,
            },
            performance.now() - begun,
          )
        }
      },
    }),
  }
}

import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'

export const sweepJobs: JobDefinition<Record<string, never>> = {
  name: 'jobs.sweep',
  payload: z.strictObject({}),
  cron: '*/10 * * * *',
}

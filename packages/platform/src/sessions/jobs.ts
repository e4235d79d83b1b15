import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'

export const sweepSessions: JobDefinition<Record<string, never>> = {
  name: 'sessions.sweep',
  payload: z.strictObject({}),
  cron: '5 * * * *',
}

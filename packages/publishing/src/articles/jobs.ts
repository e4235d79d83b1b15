import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'

/** Renders every text anew that an older renderer made. */
export const rerenderTexts: JobDefinition<Record<string, never>> = {
  name: 'articles.rerender',
  payload: z.strictObject({}),
  timeoutSeconds: 30 * 60,
  concurrency: 1,
}

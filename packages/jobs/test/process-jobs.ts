import { z } from 'zod'
import type { JobDefinition } from '../src/jobs.ts'

/** Has an effect that must happen once. */
export const paidJob: JobDefinition<{ n: number }> = {
  name: 'test.pay',
  payload: z.strictObject({ n: z.int() }),
  retries: 30,
  concurrency: 2,
}

/** Runs for a minute unless its signal is aborted. */
export const longJob: JobDefinition<Record<string, never>> = {
  name: 'test.long',
  payload: z.strictObject({}),
  retries: 1,
}

import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'

type Nothing = Record<string, never>

/** Every month. A month that is missed does no harm: keys live for two, and one near its end is replaced when asked for. */
export const rotateKeys: JobDefinition<Nothing> = {
  name: 'signing-keys.rotate',
  payload: z.strictObject({}),
  cron: '10 3 1 * *',
}

export const sweepTokens: JobDefinition<Nothing> = {
  name: 'tokens.sweep',
  payload: z.strictObject({}),
  cron: '20 3 * * *',
}

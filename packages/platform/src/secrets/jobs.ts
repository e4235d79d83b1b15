import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'

const Nothing = z.strictObject({})

/** Every night: whatever is encrypted with a key that is not the first any more is encrypted anew, so that old keys can go. */
export const rotateSecretsNightly: JobDefinition<z.output<typeof Nothing>> = {
  name: 'secrets.rotate',
  payload: Nothing,
  timeoutSeconds: 600,
  cron: '17 3 * * *',
}

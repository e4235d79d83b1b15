import { insertUser } from '@galley/testing/factories'
import type { Cases } from '../../../platform/idempotency/case.ts'

export const cases: Cases = {
  'follows.create': async ({ db }) => ({ input: { username: (await insertUser(db)).username } }),
  'follows.delete': async ({ db }) => ({ input: { username: (await insertUser(db)).username } }),
}

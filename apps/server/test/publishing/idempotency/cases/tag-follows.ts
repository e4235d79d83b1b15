import { insertTagged } from '@galley/testing/publishing/factories'
import type { Cases } from '../../../platform/idempotency/case.ts'

export const cases: Cases = {
  'tagFollows.create': async ({ db, caller }) => ({
    input: { slug: (await insertTagged(db, { authorId: caller.id })).slug },
  }),
  'tagFollows.delete': async ({ db, caller }) => ({
    input: { slug: (await insertTagged(db, { authorId: caller.id })).slug },
  }),
}

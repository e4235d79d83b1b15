import type { Cases } from '../../../platform/idempotency/case.ts'

export const cases: Cases = {
  'search.rebuild': async () => ({ input: {} }),
}

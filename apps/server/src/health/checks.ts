import type { HealthSource } from '@galley/platform/health/get'
import { createParts, type PartDeps } from './parts.ts'

/** The parts that a server works with, as admins see them: their state, and how long it took to know it. */
export function createChecks(deps: PartDeps): HealthSource['checks'] {
  const parts = createParts(deps)
  return (log) =>
    Promise.all(
      parts.map(async ({ name, state }) => {
        const begun = performance.now()
        const known = await state(log)
        return { part: name, state: known, ms: Math.round((performance.now() - begun) * 10) / 10 }
      }),
    )
}

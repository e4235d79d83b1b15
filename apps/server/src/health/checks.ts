import type { HealthSource } from '@galley/platform/health/get'
import type { Part } from './parts.ts'

/** The parts that a server works with, as admins see them: their state, and how long it took to know it. */
export function createChecks(parts: readonly Part[]): HealthSource['checks'] {
  return (log) =>
    Promise.all(
      parts.map(async ({ name, look }) => {
        const { state, ms } = await look(log)
        return { part: name, state, ms: Math.round(ms * 10) / 10 }
      }),
    )
}

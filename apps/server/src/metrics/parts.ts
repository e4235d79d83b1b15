import type { Log } from '@galley/platform/ctx'
import { Gauge, type Registry } from 'prom-client'
import type { Part } from '../health/parts.ts'

/** The parts that `/health/ready` names, as they are for one scrape. */
export type PartMeter = {
  /** Looks at them, as often as their probes may; takes no longer than these. */
  refresh(): Promise<void>
}

export function createPartMeter(
  registry: Registry,
  { parts, log }: { parts: readonly Part[]; log: Log },
): PartMeter {
  const up = new Gauge({
    name: 'galley_part_up',
    help: 'Whether a part that Galley works with responds: database, worker, Redis, storage.',
    labelNames: ['part'],
    aggregator: 'min',
    registers: [registry],
  })
  return {
    async refresh() {
      await Promise.all(
        parts.map(async ({ name, look }) => {
          const { state } = await look(log)
          up.set({ part: name }, Number(state === 'ok'))
        }),
      )
    },
  }
}

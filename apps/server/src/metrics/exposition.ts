import { AggregatorRegistry } from 'prom-client'
import type { Snapshot } from './metrics.ts'

/** Prometheus's text of what processes have measured, each name by its own rule: sums, or the worst of them. */
export const toText = (snapshots: readonly Snapshot[]): Promise<string> =>
  AggregatorRegistry.aggregate([...snapshots]).metrics()

/** The same as values. */
export const aggregated = (snapshots: readonly Snapshot[]): Promise<Snapshot> =>
  AggregatorRegistry.aggregate([...snapshots]).getMetricsAsJSON()

/** What stays true of a process that has ended: counts and sums, and no present state. */
export function onlyTotals(snapshots: readonly Snapshot[]): Promise<Snapshot> {
  const totals = snapshots.map((snapshot) =>
    snapshot.filter(({ type }) => totalTypes.has(String(type))),
  )
  return aggregated(totals)
}

const totalTypes = new Set(['counter', 'histogram'])

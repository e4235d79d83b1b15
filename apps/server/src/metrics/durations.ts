import { Histogram, type Registry } from 'prom-client'

type About<Label extends string> = {
  name: string
  help: string
  labelNames: readonly Label[]
  buckets: readonly number[]
}

/** Counts something by how long it took, in milliseconds; series are in seconds. */
export type Durations<Label extends string> = (
  labels: Partial<Record<Label, string | undefined>>,
  ms: number,
) => void

/** A histogram in which a label that is undefined is none. */
export function createDurations<Label extends string>(
  registry: Registry,
  { buckets, ...about }: About<Label>,
): Durations<Label> {
  const histogram = new Histogram({ ...about, buckets: [...buckets], registers: [registry] })
  return (labels, ms) => {
    const known: Partial<Record<Label, string>> = {}
    for (const name of about.labelNames) {
      const value = labels[name]
      if (value !== undefined) known[name] = value
    }
    histogram.observe(known, ms / 1000)
  }
}

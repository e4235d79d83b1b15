import type { Snapshot } from './metrics.ts'

export type Labels = Record<string, string | number>
type Value = { value: number; labels: Labels; metricName?: string }

/** Counts below each bound of a histogram, the last of them all. */
export type Buckets = ReadonlyMap<number, number>

/** Reads numbers off what was collected. */
export function createReader(snapshot: Snapshot) {
  const byName = new Map(snapshot.map((metric) => [metric.name, metric.values as Value[]]))
  const values = (name: string) => byName.get(name) ?? []
  const histogram = (name: string, part: 'count' | 'bucket') =>
    values(name).filter(({ metricName }) => metricName === `${name}_${part}`)
  return {
    sum: (name: string, isWanted: (labels: Labels) => boolean = () => true) =>
      sumOf(values(name).filter(({ labels }) => isWanted(labels))),
    count: (name: string, isWanted: (labels: Labels) => boolean = () => true) =>
      sumOf(histogram(name, 'count').filter(({ labels }) => isWanted(labels))),
    /** The same for each value of a label. */
    countBy: (name: string, label: string, isWanted: (labels: Labels) => boolean) =>
      new Map(
        [
          ...Map.groupBy(
            histogram(name, 'count').filter(({ labels }) => isWanted(labels)),
            ({ labels }) => String(labels[label]),
          ),
        ].map(([value, group]) => [value, sumOf(group)] as const),
      ),
    buckets: (name: string) => bucketsOf(histogram(name, 'bucket')),
    /** The same for each value of a label. */
    bucketsBy: (name: string, label: string) =>
      new Map(
        [...Map.groupBy(histogram(name, 'bucket'), ({ labels }) => String(labels[label]))].map(
          ([value, group]) => [value, bucketsOf(group)] as const,
        ),
      ),
  }
}

const sumOf = (values: readonly Value[]) => values.reduce((sum, { value }) => sum + value, 0)

function bucketsOf(values: readonly Value[]): Buckets {
  const buckets = new Map<number, number>()
  for (const { labels, value } of values) {
    const bound = labels['le'] === '+Inf' ? Infinity : Number(labels['le'])
    buckets.set(bound, (buckets.get(bound) ?? 0) + value)
  }
  return buckets
}

/** What has come to `after` since `before`. */
export const sinceThen = (after: Buckets, before: Buckets | undefined): Buckets =>
  new Map(
    [...after].map(([bound, count]) => [bound, Math.max(0, count - (before?.get(bound) ?? 0))]),
  )

export const totalOf = (buckets: Buckets): number => buckets.get(Infinity) ?? 0

/**
 * Below which value a part `q` of all lies, as Prometheus estimates it: evenly spread in its bucket; above the last bound it is
 * that bound. Null where there is nothing.
 */
export function quantile(q: number, buckets: Buckets): number | null {
  const total = totalOf(buckets)
  if (total === 0) return null
  const rank = q * total
  let below = 0
  let from = 0
  for (const [bound, count] of [...buckets].toSorted(([one], [other]) => one - other)) {
    if (count >= rank) {
      if (bound === Infinity) return from
      return from + ((bound - from) * (rank - below)) / (count - below)
    }
    below = count
    from = bound
  }
  return from
}

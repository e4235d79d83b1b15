import type { Metrics } from '../../../src/metrics/metrics.ts'
import { toText } from '../../../src/metrics/exposition.ts'

export type Series = { name: string; labels: Record<string, string>; value: number }

/** Every series of a text in Prometheus's format; throws on a line that is none. */
export function parseSeries(text: string): Series[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', inner = '', value = ''] =
        /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? []
      if (name === '') throw new Error(`no series: ${line}`)
      const labels = [...inner.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)]
      return {
        name,
        labels: Object.fromEntries(labels.map(([, label, text]) => [label, text])),
        value: Number(value),
      }
    })
}

/** What an app has measured, as it would be served; `withBacklog` also what waits in its database. */
export const seriesOf = async (metrics: Metrics, withBacklog = false): Promise<Series[]> =>
  parseSeries(await toText([await metrics.collect(withBacklog)]))

/** The sum of the series of this name with at least these labels. */
export const sumOf = (
  series: readonly Series[],
  name: string,
  labels: Record<string, string> = {},
): number =>
  series
    .filter((one) => one.name === name)
    .filter((one) => Object.entries(labels).every(([label, value]) => one.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0)

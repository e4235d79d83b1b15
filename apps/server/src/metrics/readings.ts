import { Counter, Gauge, type Registry } from 'prom-client'

type Labels = Record<string, string>
type Readings = readonly (readonly [Labels, number])[]

type About = {
  name: string
  help: string
  labelNames?: readonly string[]
  /** How the values of several processes become one: their sum. */
  aggregator?: 'sum' | 'max' | 'min' | 'average'
}

/** What is counted elsewhere: a number as it is now, or one for each of several labels, read when it is collected. */
export function readGauge(registry: Registry, about: About, read: () => number | Readings): void {
  const gauge = new Gauge({
    ...about,
    registers: [],
    collect() {
      for (const [labels, value] of toReadings(read())) gauge.set(labels, value)
    },
  })
  registry.registerMetric(gauge)
}

/** The same of what only grows. */
export function readCounter(registry: Registry, about: About, read: () => number | Readings): void {
  const counter = new Counter({
    ...about,
    registers: [],
    collect() {
      counter.reset()
      for (const [labels, value] of toReadings(read())) counter.inc(labels, value)
    },
  })
  registry.registerMetric(counter)
}

const toReadings = (read: number | Readings): Readings =>
  typeof read === 'number' ? [[{}, read]] : read

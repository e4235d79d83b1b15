import { Histogram, type Registry } from 'prom-client'
import type { PublicReadCache } from '../public-reads.ts'
import { readCounter, readGauge } from './readings.ts'

/** An answer is current for 5 seconds, and there for 10 more. */
const AGE_SECONDS = [1, 2, 3, 4, 5, 10, 15]

/** What people who are signed out read, as far as it is kept. */
export function readCache(registry: Registry, { counts, onRead }: Measured): void {
  readGauge(
    registry,
    { name: 'galley_cache_entries', help: 'Public answers and pages in memory.' },
    () => counts().entries,
  )
  readGauge(
    registry,
    { name: 'galley_cache_size_bytes', help: 'Their size, whole responses included.' },
    () => counts().bytes,
  )
  readCounter(
    registry,
    {
      name: 'galley_cache_reads_total',
      help: 'Reads of public answers and pages.',
      labelNames: ['result'],
    },
    () => Object.entries(counts().reads).map(([result, count]) => [{ result }, count]),
  )
  const age = new Histogram({
    name: 'galley_cache_age_seconds',
    help: 'How old those were that were kept.',
    buckets: AGE_SECONDS,
    registers: [registry],
  })
  onRead((read, ageMs) => {
    if (read !== 'miss') age.observe(ageMs / 1_000)
  })
}

type Measured = Pick<PublicReadCache, 'counts' | 'onRead'>

import type { MeasuredHealth } from '@galley/contract/platform/health'
import { Section } from '../layout/section.tsx'
import { Moment } from '../layout/time.tsx'
import { NumberTable } from './number-table.tsx'
import { SparkLine } from './spark-line.tsx'
import { inMegabytes, inMs, inNumber, inSeconds } from './units.ts'

type Moments = MeasuredHealth['moments']

/** What this server has measured in the last hour. */
export function MeasuredSections({ measured }: { measured: MeasuredHealth }) {
  const { moments, procedures, since } = measured
  return (
    <>
      <Section
        title="Requests and resources"
        lead={
          <>
            Of this server since <Moment timestamp={since} />, all its processes together.
          </>
        }
      >
        <ul className="grid gap-x-8 gap-y-6 sm:grid-cols-2 lg:grid-cols-3">
          {charts.map((chart) => (
            <Chart key={chart.title} moments={moments} {...chart} />
          ))}
        </ul>
        <Facts measured={measured} />
      </Section>
      <Section title="Busiest procedures" lead="By tRPC, REST and pages alike.">
        {procedures.length === 0 ? (
          <p className="text-sm text-soft">None was called.</p>
        ) : (
          <NumberTable
            label="Procedures by their calls"
            heads={['Procedure', 'Calls', 'Failed', 'Half take at most', '19 of 20 take at most']}
            rows={procedures.map(({ path, calls, failed, p50Ms, p95Ms }) => ({
              name: path,
              cells: [calls, failed, inMs(p50Ms), inMs(p95Ms)],
            }))}
          />
        )}
      </Section>
    </>
  )
}

/** What is measured each minute. */
type Measure = {
  title: string
  read: (moment: Moments[number]) => number | null
  format: (value: number) => string
}

const charts: readonly Measure[] = [
  { title: 'Requests a second', read: (at) => at.requestsPerSecond, format: inNumber },
  { title: '19 of 20 requests take at most', read: (at) => at.p95Ms, format: inMs },
  { title: 'Failed requests a second', read: (at) => at.failedPerSecond, format: inNumber },
  { title: 'Event loop is late by', read: (at) => at.eventLoopMs, format: inMs },
  { title: 'Memory', read: (at) => at.memoryBytes, format: inMegabytes },
]

function Chart({ title, moments, read, format }: Measure & { moments: Moments }) {
  const values = moments.map(read)
  const last = values.at(-1) ?? null
  return (
    <li className="flex flex-col gap-1.5">
      <p className="text-xs text-soft">{title}</p>
      <p className="text-lg tabular-nums">{last === null ? 'none' : format(last)}</p>
      <SparkLine label={`${title}, over the last hour`} values={values} format={format} />
    </li>
  )
}

function Facts({ measured }: { measured: MeasuredHealth }) {
  const { connections, refused, mail, cache, streams, processes, uptimeSeconds } = measured
  const fromMemory = cache.reads === 0 ? 0 : Math.round((100 * cache.fromMemory) / cache.reads)
  const facts: Record<string, string | number> = {
    'Connections to the database': `${connections.used} of ${connections.limit} in use, ${connections.waiting} wait for one`,
    Refused: `${refused.tooManyAtOnce} since too many came at once, ${refused.allowanceUsedUp} since an allowance was used up`,
    'E-mails': `${mail.sent} sent, ${mail.failed} failed`,
    'Public answers': `${fromMemory} % of ${cache.reads} reads from memory, ${inMegabytes(cache.bytes)} kept`,
    'Open streams': streams,
    Processes: `${processes}, the youngest for ${inSeconds(uptimeSeconds)}`,
  }
  return (
    <dl className="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-[max-content_1fr]">
      {Object.entries(facts).map(([name, fact]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  )
}

import type { MeasuredHealth } from '@galley/contract/platform/health'
import type { ReactNode } from 'react'
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
          <Chart
            title="Requests a second"
            moments={moments}
            read={(moment) => moment.requestsPerSecond}
            format={inNumber}
          />
          <Chart
            title="19 of 20 requests take at most"
            moments={moments}
            read={(moment) => moment.p95Ms}
            format={inMs}
          />
          <Chart
            title="Failed requests a second"
            moments={moments}
            read={(moment) => moment.failedPerSecond}
            format={inNumber}
          />
          <Chart
            title="Event loop is late by"
            moments={moments}
            read={(moment) => moment.eventLoopMs}
            format={inMs}
          />
          <Chart
            title="Memory"
            moments={moments}
            read={(moment) => moment.memoryBytes}
            format={inMegabytes}
          />
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

type ChartProps = {
  title: string
  moments: Moments
  read: (moment: Moments[number]) => number | null
  format: (value: number) => string
}

function Chart({ title, moments, read, format }: ChartProps) {
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
  return (
    <dl className="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-[max-content_1fr]">
      <Fact name="Connections to the database">
        {connections.used} of {connections.limit} in use, {connections.waiting} wait for one
      </Fact>
      <Fact name="Refused">
        {refused.tooManyAtOnce} since too many came at once, {refused.allowanceUsedUp} since an
        allowance was used up
      </Fact>
      <Fact name="E-mails">
        {mail.sent} sent, {mail.failed} failed
      </Fact>
      <Fact name="Public answers">
        {fromMemory} % of {cache.reads} reads from memory, {inMegabytes(cache.bytes)} kept
      </Fact>
      <Fact name="Open streams">{streams}</Fact>
      <Fact name="Processes">
        {processes}, the youngest for {inSeconds(uptimeSeconds)}
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-soft">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

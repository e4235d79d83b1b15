import type { HealthView } from '@galley/contract/platform/health'
import { Button } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import { Section } from '../layout/section.tsx'
import { Moment } from '../layout/time.tsx'
import { BacklogTable } from './backlog-table.tsx'
import { MeasuredSections } from './measured-sections.tsx'
import { siteHealth } from './queries.ts'
import { inMs } from './units.ts'

/** How the site does, in words and small charts, for its admins. */
export function HealthPage() {
  const health = useSuspenseQuery(siteHealth(useTRPC()))
  const { at, checks, backlog, measured } = health.data
  return (
    <div className="pt-9">
      <Section
        title="Now"
        lead={
          <>
            As of <Moment timestamp={at} />, looked at again every half minute.
          </>
        }
      >
        <Checks checks={checks} />
        <Button
          variant="line"
          size="small"
          className="self-start"
          busy={health.isFetching}
          onClick={() => void health.refetch()}
        >
          Refresh
        </Button>
      </Section>
      {measured ? (
        <MeasuredSections measured={measured} />
      ) : (
        <Section title="Requests and resources">
          <Notice title="This server measures nothing.">
            <p>
              Set <code>METRICS_PORT</code> to see requests, calls, connections and memory of the
              last hour here.
            </p>
          </Notice>
        </Section>
      )}
      <Section
        title="Waiting to be done"
        lead="Jobs that wait, run or were given up, events that no worker has taken yet, and the last backup."
      >
        {backlog ? (
          <BacklogTable {...backlog} />
        ) : (
          <Notice tone="warn" title="The database does not say what waits." />
        )}
      </Section>
    </div>
  )
}

function Checks({ checks }: Pick<HealthView, 'checks'>) {
  const failing = checks.filter(({ state }) => state !== 'ok')
  if (failing.length > 0) {
    const which = failing.map(({ part, state }) => `${part} ${words[state]}`).join(', ')
    return <Notice tone="bad" title={`Not all is well: ${which}.`} />
  }
  const responding = checks.map(({ part, ms }) => `${part} within ${inMs(ms)}`).join(', ')
  return <Notice tone="good" title={`All that is needed responds: ${responding}.`} />
}

const words = {
  ok: 'responds',
  slow: 'does not respond in time',
  silent: 'has not shown itself lately',
  down: 'does not respond',
} satisfies Record<HealthView['checks'][number]['state'], string>

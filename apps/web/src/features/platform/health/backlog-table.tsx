import type { HealthView } from '@galley/contract/platform/health'
import { Link } from '@tanstack/react-router'
import { NumberTable } from './number-table.tsx'
import { inSeconds } from './units.ts'

export function BacklogTable({
  jobs,
  outbox,
  backupAgeSeconds,
}: NonNullable<HealthView['backlog']>) {
  return (
    <>
      <p className="text-sm">
        {outbox.waiting === 0
          ? 'No event waits.'
          : `${outbox.waiting} ${outbox.waiting === 1 ? 'event waits' : 'events wait'}, the oldest for ${inSeconds(outbox.oldestSeconds)}.`}
      </p>
      {jobs.length === 0 ? (
        <p className="text-sm">No job waits.</p>
      ) : (
        <NumberTable
          label="Jobs"
          heads={['Job', 'Waiting', 'Due for', 'Active', 'Given up']}
          rows={jobs.map(({ name, waiting, oldestSeconds, active, failed }) => ({
            name,
            cells: [waiting, inSeconds(oldestSeconds), active, failed],
          }))}
        />
      )}
      <p className="text-sm">
        {backupAgeSeconds === null
          ? 'The audit log knows of no backup.'
          : `The last backup was taken ${inSeconds(backupAgeSeconds)} ago.`}
      </p>
      <p className="text-sm">
        <Link to="/admin/jobs" className="text-accent underline underline-offset-3">
          What failed and why
        </Link>
      </p>
    </>
  )
}

import { BACKUP_LATE_HOURS, type HealthView } from '@galley/contract/platform/health'
import { Notice } from '@galley/ui/notice'
import { Link } from '@tanstack/react-router'
import { NumberTable } from './number-table.tsx'
import { inSeconds } from './units.ts'

type Backlog = NonNullable<HealthView['backlog']>

export function BacklogTable({ jobs, outbox, ...backup }: Backlog) {
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
      <LastBackup {...backup} />
      <p className="text-sm">
        <Link to="/admin/jobs" className="text-accent underline underline-offset-3">
          What failed and why
        </Link>
      </p>
    </>
  )
}

type BackupState = Pick<Backlog, 'backupAgeSeconds' | 'backupMissingFiles' | 'siteAgeSeconds'>

function LastBackup({ backupAgeSeconds, backupMissingFiles, siteAgeSeconds }: BackupState) {
  const since =
    siteAgeSeconds === null ? '' : ` since the site was set up ${inSeconds(siteAgeSeconds)} ago`
  const missing = backupMissingFiles
    ? ` It lacks ${backupMissingFiles} ${backupMissingFiles === 1 ? 'file' : 'files'} that the storage did not have.`
    : ''
  const text =
    backupAgeSeconds === null
      ? `The audit log knows of no backup${since}.`
      : `The last backup was taken ${inSeconds(backupAgeSeconds)} ago.${missing}`
  const isLate = (backupAgeSeconds ?? siteAgeSeconds ?? 0) > BACKUP_LATE_HOURS * 3600
  if (isLate || missing !== '') return <Notice tone="warn" title={text} />
  return <p className="text-sm">{text}</p>
}

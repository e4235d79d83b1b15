import type { ListFailedJobs } from '@galley/contract/platform/jobs'
import { Button } from '@galley/ui/button'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import { jobSections } from '../../../registry/job-sections.ts'
import { Pager } from '../layout/pager.tsx'
import { Section } from '../layout/section.tsx'
import { FailedJobRow } from './failed-job-row.tsx'
import { failedJobs, jobQueues } from './queries.ts'
import { QueueTable } from './queue-table.tsx'

type JobsPageProps = { filter: Partial<ListFailedJobs>; jobId: string | undefined }

/** What the site does behind the requests, for its admins. */
export function JobsPage({ filter, jobId }: JobsPageProps) {
  const trpc = useTRPC()
  // The loader has both: one for both would bring its code to every page.
  const queues = useSuspenseQuery(jobQueues(trpc))
  const failed = useSuspenseQuery(failedJobs(trpc, filter))
  const refresh = () => Promise.all([queues.refetch(), failed.refetch()])
  return (
    <div className="pt-9">
      <Section title="Queues">
        <QueueTable queues={queues.data.items} />
        <Button
          variant="line"
          size="small"
          className="self-start"
          busy={queues.isFetching || failed.isFetching}
          onClick={() => void refresh()}
        >
          Refresh
        </Button>
      </Section>
      <Section
        title={filter.queue ? `Failed in ${filter.queue}` : 'Given up'}
        lead="Jobs that failed at their last attempt. Each one can be started again."
      >
        {failed.data.items.length === 0 ? (
          <p className="text-sm text-soft">There are none.</p>
        ) : (
          <ul aria-label="Failed jobs">
            {failed.data.items.map((job) => (
              <FailedJobRow key={`${job.queue} ${job.id}`} job={job} />
            ))}
          </ul>
        )}
        <Pager
          cursor={filter.cursor}
          nextCursor={failed.data.page.nextCursor}
          first="Newest"
          next="Older"
        />
      </Section>
      {jobSections.map(({ title, lead, Controls }) => (
        <Section key={title} title={title} lead={lead}>
          <Controls jobId={jobId} />
        </Section>
      ))}
    </div>
  )
}

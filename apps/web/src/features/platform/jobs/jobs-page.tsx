import type { ListFailedJobs, QueueView } from '@galley/contract/platform/jobs'
import { Button } from '@galley/ui/button'
import { Field, Select } from '@galley/ui/field'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTRPC } from '../../../lib/trpc.ts'
import { jobSections } from '../../../registry/job-sections.ts'
import { FilterForm } from '../layout/filter-form.tsx'
import { OrderField, timeOrders } from '../layout/order-field.tsx'
import { Pager } from '../layout/pager.tsx'
import { Section } from '../layout/section.tsx'
import { FailedJobRow } from './failed-job-row.tsx'
import { failedJobs, jobQueues } from './queries.ts'

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
        <FailedFilter filter={filter} queues={queues.data.items.map(({ name }) => name)} />
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
          first="First page"
          next="Next page"
          filter={{ queue: filter.queue, sort: filter.sort, job: jobId }}
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

type FailedFilterProps = { filter: Partial<ListFailedJobs>; queues: string[] }

function FailedFilter({ filter: { queue, sort }, queues }: FailedFilterProps) {
  return (
    <FilterForm label="Failed jobs">
      <Field label="Queue">
        <Select name="queue" defaultValue={queue ?? ''}>
          <option value="">All</option>
          {queues.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </Field>
      <OrderField orders={timeOrders} sort={sort} />
    </FilterForm>
  )
}

function QueueTable({ queues }: { queues: QueueView[] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it where it is too wide
    <div role="region" aria-label="Queues" tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-left text-sm [&_td]:tabular-nums">
        <thead className="text-xs text-soft">
          <tr>
            <th className="py-2 pr-4 font-medium">Queue</th>
            {['Waiting', 'Active', 'Failed', 'Completed'].map((head) => (
              <th key={head} className="px-2 py-2 text-right font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {queues.map(({ name, waiting, active, failed, completed }) => (
            <tr key={name} className="border-t border-rule">
              <th scope="row" className="py-2.5 pr-4 font-medium whitespace-nowrap">
                {name}
              </th>
              <td className="px-2 text-right">{waiting}</td>
              <td className="px-2 text-right">{active}</td>
              <td className="px-2 text-right">
                {failed === 0 ? (
                  failed
                ) : (
                  <Link
                    to="/admin/jobs"
                    search={{ queue: name }}
                    className="font-medium text-accent underline underline-offset-3"
                  >
                    {failed}
                    <span className="sr-only"> failed in {name}</span>
                  </Link>
                )}
              </td>
              <td className="px-2 text-right">{completed}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

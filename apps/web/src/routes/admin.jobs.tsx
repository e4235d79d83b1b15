import { createFileRoute } from '@tanstack/react-router'
import { JobsPage } from '../features/platform/jobs/jobs-page.tsx'
import { failedJobs, jobQueues } from '../features/platform/jobs/queries.ts'
import { requireAdmin } from '../features/platform/sessions/current-user.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { oldestFirst, textParams } from '../lib/search.ts'

export const Route = createFileRoute('/admin/jobs')({
  validateSearch: (search): { queue?: string; sort?: 'oldest'; cursor?: string; job?: string } => ({
    ...textParams(search, ['queue', 'cursor', 'job']),
    sort: oldestFirst(search),
  }),
  beforeLoad: requireAdmin,
  loaderDeps: ({ search: { queue, sort, cursor } }) => ({ queue, sort, cursor }),
  loader: ({ context: { queryClient, trpc }, deps }) =>
    loadPage(
      Promise.all([
        queryClient.ensureQueryData(jobQueues(trpc)),
        queryClient.ensureQueryData(failedJobs(trpc, deps)),
      ]),
    ),
  head: ({ match }) => pageHead(match.context.site, { title: 'Jobs', hidden: true }),
  component: Jobs,
})

function Jobs() {
  const { job, ...filter } = Route.useSearch()
  return <JobsPage filter={filter} jobId={job} />
}

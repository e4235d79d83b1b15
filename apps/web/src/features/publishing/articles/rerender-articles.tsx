import type { JobView } from '@galley/contract/platform/jobs'
import { Button } from '@galley/ui/button'
import { Progress } from '@galley/ui/progress'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import type { JobSection } from '../../../registry/job-sections.ts'
import { isOver, runningJob } from '../../platform/jobs/queries.ts'

export const rerenderPublishing: JobSection = {
  title: 'Texts',
  lead: 'Renders the Markdown of every article and comment again, after the renderer changed.',
  Controls: RerenderArticles,
}

/** Starts the long job and shows how it goes; its id is in the address, so that a reload finds it again. */
function RerenderArticles({ jobId }: { jobId: string | undefined }) {
  const trpc = useTRPC()
  const navigate = useNavigate()
  const start = useMutation(
    trpc.articles.rerender.mutationOptions({
      onSuccess: ({ jobId: job }) =>
        navigate({
          to: '/admin/jobs',
          search: { job },
          replace: true,
          resetScroll: false,
          state: { keepFocus: true },
        }),
      onError: notifyFailure('The job was not started.'),
    }),
  )
  const { data: job } = useQuery({
    ...runningJob(trpc, jobId ?? ''),
    enabled: jobId !== undefined,
  })
  const running = job !== undefined && !isOver(job)
  return (
    <div className="flex max-w-measure flex-col gap-4">
      <Button
        className="self-start"
        busy={start.isPending || running}
        onClick={() => start.mutate(undefined)}
      >
        Render all texts again
      </Button>
      <p role="status" className="text-sm text-soft empty:hidden">
        {job && statusWords[job.status]}
      </p>
      {job && job.status !== 'failed' && <JobProgress job={job} />}
    </div>
  )
}

const statusWords: Record<JobView['status'], string> = {
  queued: 'Waiting for its turn.',
  running: 'Rendering.',
  succeeded: 'Done.',
  failed: 'It failed. The reason is in the list above.',
  cancelled: 'It was cancelled.',
}

function JobProgress({ job: { done, total } }: { job: JobView }) {
  return (
    <div className="flex items-center gap-4">
      <Progress label="Texts rendered" done={done} total={total} />
      <span className="text-xs whitespace-nowrap text-soft tabular-nums">
        {total === null ? done : `${done} of ${total}`}
      </span>
    </div>
  )
}

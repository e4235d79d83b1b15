import type { JobStarted, JobView } from '@galley/contract/platform/jobs'
import { Button } from '@galley/ui/button'
import { Progress } from '@galley/ui/progress'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { isOver, runningJob } from '../../platform/jobs/queries.ts'

type SharedJobProps = {
  /** The kind of job: the one of the address may be of another. */
  name: string
  jobId: string | undefined
  start: { isPending: boolean; mutate: (input: undefined) => void }
  words: { start: string; running: string; progress: string }
}

/** Starts work that is done for the whole site, and shows how far it is. */
export function SharedJob({ name, jobId, start, words }: SharedJobProps) {
  const trpc = useTRPC()
  const { data } = useQuery({ ...runningJob(trpc, jobId ?? ''), enabled: jobId !== undefined })
  const job = data?.job === name ? data : undefined
  const isRunning = job !== undefined && !isOver(job)
  return (
    <div className="flex max-w-measure flex-col gap-4">
      <Button
        className="self-start"
        busy={start.isPending || isRunning}
        onClick={() => start.mutate(undefined)}
      >
        {words.start}
      </Button>
      <p role="status" className="text-sm text-soft empty:hidden">
        {job && statusWords(words.running)[job.status]}
      </p>
      {job && job.status !== 'failed' && <JobProgress label={words.progress} job={job} />}
    </div>
  )
}

/** What follows a start: the job is put into the address, so that a reload finds it again. */
export function useStarted() {
  const navigate = useNavigate()
  return {
    onSuccess: ({ jobId: job }: JobStarted) =>
      navigate({
        to: '/admin/jobs',
        search: { job },
        replace: true,
        resetScroll: false,
        state: { keepFocus: true },
      }),
    onError: notifyFailure('The job was not started.'),
  }
}

const statusWords = (running: string): Record<JobView['status'], string> => ({
  queued: 'Waiting for its turn.',
  running,
  succeeded: 'Done.',
  failed: 'It failed. The reason is in the list above.',
  cancelled: 'It was cancelled.',
})

function JobProgress({ label, job: { done, total } }: { label: string; job: JobView }) {
  return (
    <div className="flex items-center gap-4">
      <Progress label={label} done={done} total={total} />
      <span className="text-xs whitespace-nowrap text-soft tabular-nums">
        {total === null ? done : `${done} of ${total}`}
      </span>
    </div>
  )
}

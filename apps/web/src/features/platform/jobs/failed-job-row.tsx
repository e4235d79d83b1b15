import type { FailedJob } from '@galley/contract/platform/jobs'
import { Button } from '@galley/ui/button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Moment } from '../layout/time.tsx'
import { RemoveButton, Row } from '../settings/row.tsx'

export function FailedJobRow({ job }: { job: FailedJob }) {
  const { id, queue, attempts, reason, createdAt, failedAt } = job
  const { retry, discard } = useFailedJob()
  return (
    <Row
      title={queue}
      details={
        <>
          <span className="w-full font-mono wrap-anywhere whitespace-pre-wrap text-ink">
            {reason}
          </span>
          <span>
            {attempts} {attempts === 1 ? 'attempt' : 'attempts'}
          </span>
          <span>
            Begun <Moment timestamp={createdAt} />
          </span>
          <span>
            Given up <Moment timestamp={failedAt} />
          </span>
        </>
      }
      actions={
        <>
          <Button
            variant="line"
            size="small"
            busy={retry.isPending}
            onClick={() => retry.mutate({ queue, id })}
          >
            Try again
          </Button>
          <RemoveButton
            action="Discard"
            name={`the job in ${queue}`}
            question="Discard this job?"
            description="Its work will not be done. This cannot be undone."
            busy={discard.isPending}
            onConfirm={(close) => discard.mutate({ queue, id }, { onSettled: close })}
          />
        </>
      }
    />
  )
}

function useFailedJob() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const settled = (title: string) => async () => {
    await queryClient.invalidateQueries(trpc.jobs.pathFilter())
    void notify({ title })
  }
  return {
    retry: useMutation(
      trpc.jobs.retry.mutationOptions({
        onSuccess: settled('The job was started again.'),
        onError: notifyFailure('The job was not started again.'),
      }),
    ),
    discard: useMutation(
      trpc.jobs.discard.mutationOptions({
        onSuccess: settled('The job is discarded.'),
        onError: notifyFailure('The job was not discarded.'),
      }),
    ),
  }
}

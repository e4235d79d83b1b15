import { useMutation } from '@tanstack/react-query'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import type { JobSection } from '../../../registry/job-sections.ts'
import { SharedJob, useShowJob } from '../jobs/shared-job.tsx'

export const rerenderPublishing: JobSection = {
  title: 'Texts',
  lead: 'Renders the Markdown of every article and comment again, after the renderer changed.',
  Controls: RerenderArticles,
}

const words = {
  start: 'Render all texts again',
  running: 'Rendering.',
  progress: 'Texts rendered',
}

function RerenderArticles({ jobId }: { jobId: string | undefined }) {
  const trpc = useTRPC()
  const onSuccess = useShowJob()
  const onError = notifyFailure('The job was not started.')
  const start = useMutation(trpc.articles.rerender.mutationOptions({ onSuccess, onError }))
  return <SharedJob name="articles.rerender" jobId={jobId} start={start} words={words} />
}

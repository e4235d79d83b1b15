import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import type { JobSection } from '../../../registry/job-sections.ts'
import { SharedJob, useStarted } from '../jobs/shared-job.tsx'

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
  const start = useMutation(trpc.articles.rerender.mutationOptions(useStarted()))
  return <SharedJob name="articles.rerender" jobId={jobId} start={start} words={words} />
}

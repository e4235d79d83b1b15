import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import type { JobSection } from '../../../registry/job-sections.ts'
import { SharedJob, useStarted } from '../jobs/shared-job.tsx'

export const rebuildSearchIndex: JobSection = {
  title: 'Search',
  lead: 'Makes the index again in which articles and people are found, after a restore or with another version of PostgreSQL.',
  Controls: RebuildSearch,
}

const words = {
  start: 'Rebuild the search index',
  running: 'Indexing. Searches go on meanwhile.',
  progress: 'Articles indexed',
}

function RebuildSearch({ jobId }: { jobId: string | undefined }) {
  const trpc = useTRPC()
  const start = useMutation(trpc.search.rebuild.mutationOptions(useStarted()))
  return <SharedJob name="search.rebuild" jobId={jobId} start={start} words={words} />
}

import type { ComponentType } from 'react'
import { rerenderPublishing } from '../features/publishing/articles/rerender-articles.tsx'
import { rebuildSearchIndex } from '../features/publishing/search/rebuild-search.tsx'

export type JobSection = {
  title: string
  lead: string
  /** Starts a long job and shows how far it is: `jobId` is the one started last, from the address. */
  Controls: ComponentType<{ jobId: string | undefined }>
}

/** Long jobs that administrators start from the page of the jobs. */
export const jobSections: JobSection[] = [
  // One line for each.
  rerenderPublishing,
  rebuildSearchIndex,
]

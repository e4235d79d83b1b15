import { repeatable, type RegisteredJob } from '@galley/platform/job-registry'
import { renderStaleTexts, rerenderTexts } from './articles/rerender.ts'
import type { AppDeps } from './ctx.ts'

/** The kinds of jobs of the publication, one line each. */
export const publishingJobs: readonly RegisteredJob<AppDeps>[] = [
  repeatable<Record<string, never>, AppDeps>(rerenderTexts, renderStaleTexts),
]

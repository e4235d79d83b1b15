import { repeatable, type RegisteredJob } from '@galley/platform/job-registry'
import { rerenderTexts } from './articles/jobs.ts'
import { renderStaleTexts } from './articles/render-stale-texts.ts'
import type { AppDeps } from './ctx.ts'

/** The kinds of jobs of the publication, one line each. */
export const publishingJobs: readonly RegisteredJob<AppDeps>[] = [
  repeatable<Record<string, never>, AppDeps>(rerenderTexts, renderStaleTexts),
]

import { repeatable, type RegisteredJob } from '@galley/platform/job-registry'
import type { EventPayload } from '@galley/contract/events'
import {
  forgetPicture,
  markFormerUsers,
  markUsers,
  refreshPicture,
} from './articles/refresh-pictures.ts'
import { renderStaleTexts, rerenderTexts } from './articles/rerender.ts'
import type { AppDeps } from './ctx.ts'
import { rebuildIndex, rebuildSearch } from './search/rebuild.ts'

/** The kinds of jobs of the publication, one line each. */
export const publishingJobs: readonly RegisteredJob<AppDeps>[] = [
  repeatable<Record<string, never>, AppDeps>(rerenderTexts, renderStaleTexts),
  repeatable<{ mediaId: string }, AppDeps>(refreshPicture, markUsers),
  repeatable<EventPayload<'media.deleted'>, AppDeps>(forgetPicture, markFormerUsers),
  repeatable<{ since: string }, AppDeps>(rebuildSearch, rebuildIndex),
]

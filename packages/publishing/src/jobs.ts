import { once, repeatable, type RegisteredJob } from '@galley/platform/job-registry'
import type { EventPayload } from '@galley/contract/events'
import { applyDueTimes, applySchedule } from './articles/apply-schedule.ts'
import {
  forgetPicture,
  markFormerUsers,
  markUsers,
  refreshPicture,
} from './articles/refresh-pictures.ts'
import { markMentions, refreshMentions } from './comments/refresh-mentions.ts'
import { renderStaleTexts, rerenderTexts } from './articles/rerender.ts'
import { notifyFollowers, tellFollowers, type TellFollowers } from './articles/tell-followers.ts'
import {
  notifyEditors,
  notifyOfDecision,
  tellEditors,
  tellOfDecision,
} from './articles/tell-of-review.ts'
import { notifyOfInvitation, tellOfInvitation } from './co-authors/tell.ts'
import { notifyOfComment, tellOfComment } from './comments/tell.ts'
import { deleteOldTrash, sweepTrash } from './articles/trash.ts'
import type { AppDeps } from './ctx.ts'
import { notifyOfFavourites, tellOfFavourites } from './favourites/tell.ts'
import { notifyOfFollow, tellOfFollow } from './follows/tell.ts'
import { deleteOldPresence, sweepPresence } from './presence/announce.ts'
import { deleteOldRevisions, sweepRevisions } from './revisions/sweep.ts'
import { rebuildIndex, rebuildSearch } from './search/rebuild.ts'

/** The kinds of jobs of the publication, one line each. */
export const publishingJobs: readonly RegisteredJob<AppDeps>[] = [
  repeatable<Record<string, never>, AppDeps>(rerenderTexts, renderStaleTexts),
  repeatable<{ mediaId: string }, AppDeps>(refreshPicture, markUsers),
  repeatable<EventPayload<'media.deleted'>, AppDeps>(forgetPicture, markFormerUsers),
  repeatable<Record<string, never>, AppDeps>(sweepRevisions, deleteOldRevisions),
  repeatable<EventPayload<'user.profile-updated'>, AppDeps>(refreshMentions, markMentions),
  repeatable<Record<string, never>, AppDeps>(applySchedule, applyDueTimes),
  repeatable<Record<string, never>, AppDeps>(sweepTrash, deleteOldTrash),
  repeatable<Record<string, never>, AppDeps>(sweepPresence, deleteOldPresence),
  repeatable<{ since: string }, AppDeps>(rebuildSearch, rebuildIndex),
  once<TellFollowers, AppDeps>(tellFollowers, notifyFollowers),
  once<EventPayload<'review.requested'>, AppDeps>(tellEditors, notifyEditors),
  once<EventPayload<'review.decided'>, AppDeps>(tellOfDecision, notifyOfDecision),
  once<EventPayload<'byline.invited'>, AppDeps>(tellOfInvitation, notifyOfInvitation),
  once<EventPayload<'comment.created'>, AppDeps>(tellOfComment, notifyOfComment),
  once<EventPayload<'follow.created'>, AppDeps>(tellOfFollow, notifyOfFollow),
  repeatable<Record<string, never>, AppDeps>(tellOfFavourites, notifyOfFavourites),
]

import type { Reactions } from '@galley/platform/events/reactions'
import { refreshMentions } from './comments/refresh-mentions.ts'
import { forgetPicture, refreshPicture } from './articles/refresh-pictures.ts'
import { tellFollowers } from './articles/tell-followers.ts'
import { tellEditors, tellOfDecision } from './articles/tell-of-review.ts'
import { tellOfInvitation } from './co-authors/tell.ts'
import { tellOfComment } from './comments/tell.ts'
import { tellOfFollow } from './follows/tell.ts'

/** What follows in the publication from events; the platform reacts to others. */
export const publishingReactions: Reactions = {
  'user.profile-updated': [refreshMentions],
  'media.ready': [refreshPicture],
  'media.updated': [refreshPicture],
  'media.deleted': [forgetPicture],
  'article.published': [tellFollowers],
  'review.requested': [tellEditors],
  'review.decided': [tellOfDecision],
  'byline.invited': [tellOfInvitation],
  'comment.created': [tellOfComment],
  // It may mention others now.
  'comment.updated': [tellOfComment],
  'follow.created': [tellOfFollow],
}

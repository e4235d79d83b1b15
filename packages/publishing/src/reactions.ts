import type { Reactions } from '@galley/platform/events/reactions'
import { forgetPicture, refreshPicture } from './articles/refresh-pictures.ts'

/** What follows in the publication from events; the platform reacts to others. */
export const publishingReactions: Reactions = {
  'media.ready': [refreshPicture],
  'media.updated': [refreshPicture],
  'media.deleted': [forgetPicture],
}

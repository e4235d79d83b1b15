/** The registry of tables: what drizzle-kit compares with the migrations. */
export { auditLog } from './platform/audit-log.ts'
export {
  credentials,
  identities,
  passkeys,
  recoveryCodes,
  totpCredentials,
} from './platform/credentials.ts'
export { jobEffects, jobRuns, outbox } from './platform/jobs.ts'
export { mediaUsage, mediaUses } from './platform/media.ts'
export {
  notificationDigests,
  notificationPreferences,
  notifications,
  notificationZones,
} from './platform/notifications.ts'
export { idempotencyKeys, rateCounters, throttles } from './platform/requests.ts'
export { refreshTokens, sessions, signingKeys, tokenFamilies } from './platform/sessions.ts'
export { siteSettings } from './platform/settings.ts'
export { apiTokens, oneTimeTokens } from './platform/tokens.ts'
export { formerUsernames, invitations, media, type MediaVariant, users } from './platform/users.ts'
export { formerSlugs, previewLinks } from './publishing/addresses.ts'
export { articles } from './publishing/articles.ts'
export { articleAuthors } from './publishing/co-authors.ts'
export {
  commentMentions,
  comments,
  favourites,
  follows,
  tagFollows,
} from './publishing/engagement.ts'
export { articlePresence } from './publishing/presence.ts'
export { reviewNotes } from './publishing/review-notes.ts'
export { revisions } from './publishing/revisions.ts'
export { articleDocuments, articleSearch, personSearch, searchTerms } from './publishing/search.ts'
export { articleTags, tags } from './publishing/tags.ts'

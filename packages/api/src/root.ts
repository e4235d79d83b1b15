import { articles } from './routers/publishing/articles.ts'
import { audit } from './routers/platform/audit.ts'
import { coAuthors } from './routers/publishing/co-authors.ts'
import { comments } from './routers/publishing/comments.ts'
import { credentials } from './routers/platform/credentials.ts'
import { favourites } from './routers/publishing/favourites.ts'
import { feed } from './routers/publishing/feed.ts'
import { follows } from './routers/publishing/follows.ts'
import { health } from './routers/platform/health.ts'
import { identities } from './routers/platform/identities.ts'
import { invitations } from './routers/platform/invitations.ts'
import { jobs } from './routers/platform/jobs.ts'
import { live } from './routers/platform/live.ts'
import { media } from './routers/platform/media.ts'
import { notifications } from './routers/platform/notifications.ts'
import { passkeys } from './routers/platform/passkeys.ts'
import { presence } from './routers/publishing/presence.ts'
import { revisions } from './routers/publishing/revisions.ts'
import { previewLinks } from './routers/publishing/preview-links.ts'
import { reviewNotes } from './routers/publishing/review-notes.ts'
import { search } from './routers/publishing/search.ts'
import { sessions } from './routers/platform/sessions.ts'
import { settings } from './routers/platform/settings.ts'
import { site } from './routers/platform/site.ts'
import { tagFollows } from './routers/publishing/tag-follows.ts'
import { tags } from './routers/publishing/tags.ts'
import { tokens } from './routers/platform/tokens.ts'
import { users } from './routers/platform/users.ts'
import { profiles } from './routers/publishing/profiles.ts'
import { mergeRouters, router } from './trpc.ts'

/** The registry of procedures, one line a slice. */
export const appRouter = router({
  articles,
  audit,
  coAuthors,
  comments,
  credentials,
  favourites,
  feed,
  follows,
  health,
  identities,
  invitations,
  jobs,
  live,
  media,
  notifications,
  passkeys,
  presence,
  revisions,
  previewLinks,
  reviewNotes,
  search,
  sessions,
  settings,
  site,
  tagFollows,
  tags,
  tokens,
  users: mergeRouters(users, profiles),
})

export type AppRouter = typeof appRouter

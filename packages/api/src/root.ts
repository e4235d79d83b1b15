import { articles } from './routers/articles.ts'
import { audit } from './routers/audit.ts'
import { comments } from './routers/comments.ts'
import { credentials } from './routers/credentials.ts'
import { favourites } from './routers/favourites.ts'
import { feed } from './routers/feed.ts'
import { follows } from './routers/follows.ts'
import { identities } from './routers/identities.ts'
import { invitations } from './routers/invitations.ts'
import { jobs } from './routers/jobs.ts'
import { passkeys } from './routers/passkeys.ts'
import { sessions } from './routers/sessions.ts'
import { site } from './routers/site.ts'
import { tags } from './routers/tags.ts'
import { tokens } from './routers/tokens.ts'
import { users } from './routers/users.ts'
import { router } from './trpc.ts'

/** The registry of procedures, one line a slice. */
export const appRouter = router({
  articles,
  audit,
  comments,
  credentials,
  favourites,
  feed,
  follows,
  identities,
  invitations,
  jobs,
  passkeys,
  sessions,
  site,
  tags,
  tokens,
  users,
})

export type AppRouter = typeof appRouter

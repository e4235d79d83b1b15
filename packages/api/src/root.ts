import { articles } from './routers/articles.ts'
import { comments } from './routers/comments.ts'
import { favourites } from './routers/favourites.ts'
import { feed } from './routers/feed.ts'
import { follows } from './routers/follows.ts'
import { sessions } from './routers/sessions.ts'
import { tags } from './routers/tags.ts'
import { users } from './routers/users.ts'
import { router } from './trpc.ts'

/** The registry of procedures, one line a slice. */
export const appRouter = router({
  articles,
  comments,
  favourites,
  feed,
  follows,
  sessions,
  tags,
  users,
})

export type AppRouter = typeof appRouter

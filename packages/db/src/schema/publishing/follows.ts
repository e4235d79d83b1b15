import { desc, sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { createdAt } from '../../columns.ts'
import { users } from '../platform/users.ts'

export const follows = pgTable(
  'follows',
  {
    followerId: uuid('follower_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    followedId: uuid('followed_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.followerId, t.followedId] }),
    index('follows_followed_created_idx').on(t.followedId, desc(t.createdAt), desc(t.followerId)),
    index('follows_follower_created_idx').on(t.followerId, desc(t.createdAt), desc(t.followedId)),
    check('follows_self_check', sql`${t.followerId} <> ${t.followedId}`),
  ],
)

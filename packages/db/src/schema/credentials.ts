import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { updatedAt } from '../columns.ts'
import { users } from './users.ts'

/** What an account signs in with; apart from `users`, so that no view of a person can hold it. */
export const credentials = pgTable('credentials', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  passwordHash: text('password_hash').notNull(),
  updatedAt: updatedAt(),
})

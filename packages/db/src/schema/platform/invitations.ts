import { desc, sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, timestamptz } from '../../columns.ts'
import { users } from './users.ts'

/** Who may make an account with which role; gone when the account is made. The link in the mail is a one-time token. */
export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    email: text('email').notNull(),
    role: text('role', { enum: ['reader', 'author', 'editor', 'admin'] }).notNull(),
    invitedBy: uuid('invited_by')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: timestamptz('expires_at').notNull(),
  },
  (t) => [
    uniqueIndex('invitations_email_key').on(t.email),
    index('invitations_created_at_idx').on(desc(t.createdAt), desc(t.id)),
    index('invitations_invited_by_idx').on(t.invitedBy),
    check(
      'invitations_email_check',
      sql`${t.email} = lower(${t.email}) and length(${t.email}) between 3 and 254`,
    ),
    check('invitations_role_check', sql`${t.role} in ('reader', 'author', 'editor', 'admin')`),
  ],
)

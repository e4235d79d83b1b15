import { desc, sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, id, timestamptz } from '../../columns.ts'
import { users } from './users.ts'

/** What people are told of. Which kinds and subjects there are stands in the contract: those of another version stay. */
export const notifications = pgTable(
  'notifications',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    /** What nobody is told of twice: mostly the id of the subject. */
    key: text('key').notNull(),
    /** Who caused it; null where nobody in particular did. */
    actorId: uuid('actor_id').references(() => users.id, { onDelete: 'cascade' }),
    subjectKind: text('subject_kind').notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** The thing on whose page the subject is shown, where that is another. */
    contextId: uuid('context_id'),
    data: jsonb('data').$type<Record<string, string | number>>().notNull().default({}),
    /** The channels that its kind had when it was made. */
    inApp: boolean('in_app').notNull(),
    email: text('email', { enum: ['off', 'now', 'daily', 'weekly'] }).notNull(),
    readAt: timestamptz('read_at'),
    /** When its e-mail was enqueued, alone or with others. */
    mailedAt: timestamptz('mailed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('notifications_key').on(t.userId, t.kind, t.key),
    index('notifications_list_idx')
      .on(t.userId, desc(t.createdAt), desc(t.id))
      .where(sql`${t.inApp}`),
    index('notifications_unread_idx')
      .on(t.userId, desc(t.createdAt), desc(t.id))
      .where(sql`${t.readAt} is null`),
    index('notifications_to_mail_idx')
      .on(t.email, t.createdAt)
      .where(sql`${t.email} <> 'off' and ${t.readAt} is null and ${t.mailedAt} is null`),
    index('notifications_created_at_idx').on(t.createdAt),
    index('notifications_actor_id_idx')
      .on(t.actorId)
      .where(sql`${t.actorId} is not null`),
    check('notifications_kind_check', sql`${t.kind} ~ '^[a-z-]{1,40}$'`),
    check('notifications_key_check', sql`length(${t.key}) between 1 and 100`),
    check('notifications_subject_kind_check', sql`${t.subjectKind} ~ '^[a-z-]{1,40}$'`),
    check('notifications_email_check', sql`${t.email} in ('off', 'now', 'daily', 'weekly')`),
    check('notifications_channel_check', sql`${t.inApp} or ${t.email} <> 'off'`),
  ],
)

/** What a person has chosen for a kind; without a row, its defaults hold. */
export const notificationPreferences = pgTable(
  'notification_preferences',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    inApp: boolean('in_app').notNull(),
    email: text('email', { enum: ['off', 'now', 'daily', 'weekly'] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.kind] }),
    check('notification_preferences_kind_check', sql`${t.kind} ~ '^[a-z-]{1,40}$'`),
    check(
      'notification_preferences_email_check',
      sql`${t.email} in ('off', 'now', 'daily', 'weekly')`,
    ),
  ],
)

/** In which time zone a person's mornings are, by its IANA name; without a row, in UTC. */
export const notificationZones = pgTable(
  'notification_zones',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    timeZone: text('time_zone').notNull(),
  },
  (t) => [check('notification_zones_time_zone_check', sql`length(${t.timeZone}) between 1 and 64`)],
)

/** The digests that were made: one for each person, rhythm and first day of its period. */
export const notificationDigests = pgTable(
  'notification_digests',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    rhythm: text('rhythm', { enum: ['daily', 'weekly'] }).notNull(),
    day: date('day').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.rhythm, t.day] }),
    index('notification_digests_created_at_idx').on(t.createdAt),
    check('notification_digests_rhythm_check', sql`${t.rhythm} in ('daily', 'weekly')`),
  ],
)

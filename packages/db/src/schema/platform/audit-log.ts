import { desc } from 'drizzle-orm'
import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, timestamptz } from '../../columns.ts'

/**
 * Who did what to what. Append-only: the role that the server runs with may insert and read. No foreign keys: a row
 * outlives whom and what it is about.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: id(),
    at: timestamptz('at').notNull().defaultNow(),
    action: text('action').notNull(),
    actorKind: text('actor_kind', { enum: ['anonymous', 'user', 'token', 'system'] }).notNull(),
    actorId: uuid('actor_id'),
    targetType: text('target_type').notNull(),
    targetId: text('target_id').notNull(),
    /** Whose account it is about, where it is about one: what people see as their own security events. */
    subjectId: uuid('subject_id'),
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    requestId: text('request_id').notNull(),
    ip: text('ip').notNull().default(''),
    userAgent: text('user_agent').notNull().default(''),
  },
  (t) => [
    index('audit_log_at_idx').on(desc(t.at), desc(t.id)),
    index('audit_log_actor_idx').on(t.actorId, desc(t.at), desc(t.id)),
    index('audit_log_subject_idx').on(t.subjectId, desc(t.at), desc(t.id)),
    index('audit_log_target_idx').on(t.targetType, t.targetId, desc(t.at), desc(t.id)),
    index('audit_log_action_idx').on(t.action, desc(t.at), desc(t.id)),
  ],
)

import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, id, timestamptz, updatedAt, xid8 } from '../../columns.ts'
import { users } from './users.ts'

/** A long job that somebody asked for, as they see it. The id is the job's own. */
export const jobRuns = pgTable(
  'job_runs',
  {
    id: uuid('id').primaryKey(),
    job: text('job').notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Whether every admin may follow it, as what runs once for all. */
    shared: boolean('shared').notNull().default(false),
    status: text('status', { enum: ['queued', 'running', 'succeeded', 'failed', 'cancelled'] })
      .notNull()
      .default('queued'),
    done: integer('done').notNull().default(0),
    /** Null until it is known. */
    total: integer('total'),
    result: jsonb('result').$type<Record<string, unknown>>(),
    /** Of a failed one, for its owner: a reason of the contract. */
    failureReason: text('failure_reason'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    finishedAt: timestamptz('finished_at'),
  },
  (t) => [
    index('job_runs_owner_id_idx').on(t.ownerId, t.createdAt.desc()),
    index('job_runs_finished_at_idx').on(t.finishedAt),
    check(
      'job_runs_status_check',
      sql`${t.status} in ('queued', 'running', 'succeeded', 'failed', 'cancelled')`,
    ),
  ],
)

/** What a job has done already, written with the effect itself: a job that runs again skips it. */
export const jobEffects = pgTable(
  'job_effects',
  {
    jobId: uuid('job_id').notNull(),
    effect: text('effect').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.effect] }),
    index('job_effects_created_at_idx').on(t.createdAt),
  ],
)

/** Domain events, written in the transaction that they tell of; kept for a while after their reactions were started. */
export const outbox = pgTable(
  'outbox',
  {
    id: id(),
    event: text('event').notNull(),
    payload: jsonb('payload').$type<unknown>().notNull(),
    requestId: text('request_id').notNull(),
    /** What caused it, where that is part of a trace (W3C Trace Context). */
    traceparent: text('traceparent'),
    createdAt: createdAt(),
    dispatchedAt: timestamptz('dispatched_at'),
    /** Of the transaction that wrote it: ids are made before the commit, and say nothing of its order. */
    xid: xid8('xid')
      .notNull()
      .default(sql`pg_current_xact_id()`),
  },
  (t) => [
    index('outbox_xid_idx').on(t.xid),
    index('outbox_waiting_idx')
      .on(t.id)
      .where(sql`${t.dispatchedAt} is null`),
  ],
)

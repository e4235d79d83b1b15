import { randomUUIDv7 } from 'node:crypto'
import type { Db, Tx } from '@galley/db/client'
import { type AuthedCtx, transact } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { errorReasons, type ErrorReason } from '@galley/contract/errors'
import { and, eq } from 'drizzle-orm'
import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'

/** What tests of the machinery read and write: it belongs to no part of Galley. */
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').notNull(),
  title: text('title').notNull(),
  body: text('body').notNull(),
  labels: jsonb('labels').$type<string[]>().notNull(),
  status: text('status', { enum: ['open', 'closed'] })
    .notNull()
    .default('open'),
  starredBy: jsonb('starred_by').$type<string[]>().notNull().default([]),
  version: integer('version').notNull(),
})

export const createTable = `create table notes (
  id uuid primary key, author_id uuid not null, title text not null, body text not null, labels jsonb not null,
  status text not null default 'open', starred_by jsonb not null default '[]', version integer not null
)`

export type NoteRow = typeof notes.$inferSelect

/** A note that is there already. */
export async function insertNote(db: Db, authorId: string, given: Partial<NoteRow> = {}) {
  const note = { title: 'A note', body: '', labels: [], version: 1, ...given }
  const values = { id: randomUUIDv7(), authorId, ...note }
  await db.insert(notes).values(values)
  return values
}

type Wanted = { id: string; version?: number | 'any' | undefined }

const staleVersion: string = 'note/stale-version'

// Not enumerable: what lists the reasons lists those of the contract.
Object.defineProperty(errorReasons, staleVersion, {
  value: { code: 'CONFLICT', message: 'The note has been changed since.' },
})

/** Runs `work` on a note of the caller's own, locked, at the version that they saw last. */
export const changeNote = <Result>(
  ctx: AuthedCtx,
  { id, version = 'any' }: Wanted,
  work: (tx: Tx, stored: NoteRow) => Promise<Result>,
) =>
  transact(ctx, async (tx) => {
    const isOwn = and(eq(notes.id, id), eq(notes.authorId, ctx.actor.user.id))
    const stored = found(await tx.select().from(notes).where(isOwn).for('update'))
    if (version !== 'any' && version !== stored.version) {
      throw new AppError(staleVersion as ErrorReason)
    }
    return work(tx, stored)
  })

export async function updateNote(ctx: AuthedCtx, wanted: Wanted, change: Partial<NoteRow>) {
  return changeNote(ctx, wanted, async (tx, { id, version }) => {
    const values = { ...change, version: version + 1 }
    return found(await tx.update(notes).set(values).where(eq(notes.id, id)).returning())
  })
}

export function found<Row>([row]: Row[]): Row {
  if (row === undefined) throw new AppError('route/not-found')
  return row
}

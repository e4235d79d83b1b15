import { randomUUIDv7 } from 'node:crypto'
import { appRouter } from '@galley/api/root'
import { authedProcedure, mergeRouters, publicProcedure, router } from '@galley/api/trpc'
import { Count, Deleted, Id, line, multiline, page } from '@galley/contract/primitives'
import type { Db } from '@galley/db/client'
import { outbox } from '@galley/db/schema'
import { mayWrite } from '@galley/platform/actor'
import { transact } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { beforeAll } from 'vitest'
import { z } from 'zod'
import { useApp, type TestApp } from './app.ts'

/** What tests of the machinery read and write: it belongs to no part of Galley. */
const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').notNull(),
  title: text('title').notNull(),
  body: text('body').notNull(),
  labels: jsonb('labels').$type<string[]>().notNull(),
  version: integer('version').notNull(),
})

const Note = z.object({
  id: Id,
  title: z.string(),
  body: z.string(),
  labels: z.array(z.string()),
  version: Count,
})
/** Newest first, after the note that `cursor` names. */
const ListNotes = z.strictObject({
  limit: z.int().min(1).max(100).default(20),
  cursor: Id.optional(),
  label: line(40).optional(),
})
const NoteById = z.strictObject({ id: Id })
const CreateNote = z.strictObject({
  title: line(200).default(''),
  body: multiline(100_000).default(''),
  labels: z.array(line(40)).max(5).default([]),
})
const UpdateNote = z.strictObject({ id: Id, version: Count, title: line(200) })

const scope = 'profile:write'

const noteRouter = router({
  list: publicProcedure({ cost: 1, scope: 'site:read', rest: { method: 'GET', path: '/notes' } })
    .input(ListNotes.prefault({}))
    .output(page(Note))
    .query(async ({ ctx, input: { limit, cursor, label } }) => {
      const matching = and(
        cursor === undefined ? undefined : lt(notes.id, cursor),
        label === undefined ? undefined : sql`${notes.labels} ? ${label}`,
      )
      const newest = ctx.db.select().from(notes).where(matching).orderBy(desc(notes.id))
      const items = await newest.limit(limit)
      return { items, page: { nextCursor: items[limit - 1]?.id ?? null } }
    }),
  get: publicProcedure({
    cost: 1,
    scope: 'site:read',
    rest: { method: 'GET', path: '/notes/{id}' },
  })
    .input(NoteById)
    .output(Note)
    .query(async ({ ctx, input }) =>
      found(await ctx.db.select().from(notes).where(eq(notes.id, input.id))),
    ),
  create: authedProcedure({
    cost: 3,
    scope,
    rest: { method: 'POST', path: '/notes', status: 201, location: '/notes/{id}' },
  })
    .input(CreateNote)
    .output(Note)
    .mutation(({ ctx, input }) => {
      if (!mayWrite(ctx.actor.user)) throw new AppError('user/forbidden')
      return transact(ctx, async (tx) => {
        const id = randomUUIDv7()
        const { requestId } = ctx
        const values = { ...input, id, authorId: ctx.actor.user.id, version: 1 }
        await tx
          .insert(outbox)
          .values({ event: 'note.created', payload: { noteId: id, title: input.title }, requestId })
        return found(await tx.insert(notes).values(values).returning())
      })
    }),
  update: authedProcedure({
    cost: 3,
    scope,
    rest: { method: 'PATCH', path: '/notes/{id}', versioned: true },
  })
    .input(UpdateNote)
    .output(Note)
    .mutation(async ({ ctx, input: { id, version, title } }) =>
      found(
        await ctx.db
          .update(notes)
          .set({ title, version: sql`${notes.version} + 1` })
          .where(
            and(
              eq(notes.id, id),
              eq(notes.version, version),
              eq(notes.authorId, ctx.actor.user.id),
            ),
          )
          .returning(),
      ),
    ),
  delete: authedProcedure({
    cost: 2,
    scope,
    rest: { method: 'DELETE', path: '/notes/{id}', status: 204 },
  })
    .input(NoteById)
    .output(Deleted)
    .mutation(async ({ ctx, input }) =>
      found(
        await ctx.db
          .delete(notes)
          .where(and(eq(notes.id, input.id), eq(notes.authorId, ctx.actor.user.id)))
          .returning({ id: notes.id }),
      ),
    ),
})

function found<Row>([row]: Row[]): Row {
  if (row === undefined) throw new AppError('route/not-found')
  return row
}

/** The real app, and under `notes` procedures that every transport serves. */
export function useNotesApp(
  variables: Parameters<typeof useApp>[0] = {},
  options: Omit<NonNullable<Parameters<typeof useApp>[1]>, 'router'> = {},
): TestApp {
  const on = useApp(variables, {
    ...options,
    router: mergeRouters(appRouter, router({ notes: noteRouter })),
  })
  if (options.beside) return on
  beforeAll(() =>
    on.database.asOperator(async (operator) => {
      await operator`create table notes (
        id uuid primary key, author_id uuid not null, title text not null, body text not null,
        labels jsonb not null, version integer not null
      )`
      const server = new URL(on.database.url).username
      await operator`grant select, insert, update, delete on notes to ${operator(server)}`
    }),
  )
  return on
}

/** A note that is there already. */
export async function insertNote(db: Db, authorId: string) {
  const values = { id: randomUUIDv7(), authorId, title: 'A note', body: '', labels: [], version: 1 }
  await db.insert(notes).values(values)
  return values
}

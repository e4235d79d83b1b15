import { randomUUIDv7 } from 'node:crypto'
import { authedProcedure, publicProcedure, router } from '@galley/api/trpc'
import { Count, Deleted, Id, line, multiline, page, PageInput } from '@galley/contract/primitives'
import { outbox } from '@galley/db/schema'
import { mayWrite } from '@galley/platform/actor'
import { type Ctx, transact, viewerId } from '@galley/platform/ctx'
import { listPage } from '@galley/platform/cursor'
import { AppError } from '@galley/platform/errors'
import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { changeNote, found, type NoteRow, notes, updateNote } from './table.ts'

export const Note = z.object({
  id: Id,
  title: z.string(),
  body: z.string(),
  labels: z.array(z.string()),
  status: z.enum(['open', 'closed']),
  version: Count,
  /** Changes without a new version. */
  stars: Count,
  /** What follows is of the caller. */
  starred: z.boolean(),
  mine: z.boolean(),
})
export const NotePage = page(Note)

const ListNotes = PageInput.safeExtend({
  label: line(40).optional(),
  sort: z.enum(['newest', 'oldest']).default('newest'),
})
const NoteById = z.strictObject({ id: Id })
const SeenVersion = z.union([z.int().min(1), z.literal('any')])
const NoteAtVersion = NoteById.extend({ version: SeenVersion })
const DeleteNote = NoteById.extend({ version: z.int().min(1).optional() })
const UpdateNote = NoteAtVersion.extend({ title: line(200).optional() })
const CreateNote = z.strictObject({
  title: line(200).default(''),
  body: multiline(100_000).default(''),
  labels: z.array(line(40)).max(5).default([]),
})

const toNote = ({ actor }: Ctx, row: NoteRow) => ({
  ...row,
  stars: row.starredBy.length,
  starred: row.starredBy.includes(viewerId(actor) ?? ''),
  mine: row.authorId === viewerId(actor),
})

const scope = 'profile:write'

export const noteRouter = router({
  list: publicProcedure({
    cost: 1,
    queries: 2,
    scope: 'site:read',
    rest: { method: 'GET', path: '/notes' },
  })
    .input(ListNotes.prefault({}))
    .output(NotePage)
    .query(({ ctx, input }) => {
      const { label, sort } = input
      const isLabelled = label === undefined ? undefined : sql`${notes.labels} ? ${label}`
      const [comesAfter, inOrder] = sort === 'newest' ? [lt, desc] : [gt, asc]
      return listPage(input, {
        cursor: z.uuid(),
        find: ({ after, offset, limit }) =>
          ctx.db
            .select()
            .from(notes)
            .where(and(isLabelled, after === null ? undefined : comesAfter(notes.id, after)))
            .orderBy(inOrder(notes.id))
            .offset(offset)
            .limit(limit),
        count: () => ctx.db.$count(notes, isLabelled),
        toCursor: ({ id }) => id,
        toItem: (row) => toNote(ctx, row),
      })
    }),
  get: publicProcedure({
    cost: 1,
    queries: 2,
    scope: 'site:read',
    rest: { method: 'GET', path: '/notes/{id}' },
  })
    .input(NoteById)
    .output(Note)
    .query(async ({ ctx, input }) =>
      toNote(ctx, found(await ctx.db.select().from(notes).where(eq(notes.id, input.id)))),
    ),
  create: authedProcedure({
    cost: 3,
    queries: 2,
    scope,
    rest: { method: 'POST', path: '/notes', status: 201, location: '/notes/{id}' },
  })
    .input(CreateNote.prefault({}))
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
        return toNote(ctx, found(await tx.insert(notes).values(values).returning()))
      })
    }),
  update: authedProcedure({
    cost: 3,
    queries: 2,
    scope,
    rest: { method: 'PATCH', path: '/notes/{id}', versioned: true },
  })
    .input(UpdateNote)
    .output(Note)
    .mutation(async ({ ctx, input: { title, ...wanted } }) =>
      toNote(ctx, await updateNote(ctx, wanted, title === undefined ? {} : { title })),
    ),
  close: authedProcedure({
    cost: 2,
    queries: 2,
    scope,
    rest: { method: 'POST', path: '/notes/{id}/close', versioned: true },
  })
    .input(NoteAtVersion)
    .output(Note)
    .mutation(async ({ ctx, input }) =>
      toNote(ctx, await updateNote(ctx, input, { status: 'closed' })),
    ),
  reopen: authedProcedure({
    cost: 2,
    queries: 2,
    scope,
    rest: { method: 'POST', path: '/notes/{id}/reopen', versioned: true },
  })
    .input(NoteAtVersion)
    .output(Note)
    .mutation(async ({ ctx, input }) =>
      toNote(ctx, await updateNote(ctx, input, { status: 'open' })),
    ),
  delete: authedProcedure({
    cost: 2,
    queries: 2,
    scope,
    rest: { method: 'DELETE', path: '/notes/{id}', status: 204, versioned: true },
  })
    .input(DeleteNote)
    .output(Deleted)
    .mutation(({ ctx, input }) =>
      changeNote(ctx, input, async (tx, { id }) => {
        await tx.delete(notes).where(eq(notes.id, id))
        return { id }
      }),
    ),
  star: authedProcedure({
    cost: 1,
    queries: 2,
    scope,
    rest: { method: 'PUT', path: '/me/stars/{id}' },
  })
    .input(NoteById)
    .output(Note)
    .mutation(({ ctx, input }) => setStar(ctx, input.id, true)),
  unstar: authedProcedure({
    cost: 1,
    queries: 2,
    scope,
    rest: { method: 'DELETE', path: '/me/stars/{id}', status: 204 },
  })
    .input(NoteById)
    .output(Deleted)
    .mutation(({ ctx, input }) => setStar(ctx, input.id, false)),
})

async function setStar(ctx: Ctx, id: string, isStarred: boolean) {
  const viewer = viewerId(ctx.actor)
  const others = sql`${notes.starredBy} - ${viewer}::text`
  const starredBy = isStarred ? sql`(${others}) || to_jsonb(${viewer}::text)` : others
  const rows = await ctx.db.update(notes).set({ starredBy }).where(eq(notes.id, id)).returning()
  return toNote(ctx, found(rows))
}

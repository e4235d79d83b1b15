import { NotificationKind, notificationKinds } from '@galley/contract/notification-kinds'
import type { NotificationView } from '@galley/contract/platform/notifications'
import type { Queryable } from '@galley/db/client'
import { notifications, users } from '@galley/db/schema'
import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import { comesAfter, inOrder, type SortedStart } from '../order.ts'
import { bylineColumns, toByline } from '../users/queries.ts'
import type { Described, NotificationRegistry, Recipient } from './registry.ts'

const { id, kind, subjectKind, subjectId, data, createdAt, readAt, actorId } = notifications

const select = (db: Queryable) =>
  db
    .select({
      id,
      kind,
      subjectKind,
      subjectId,
      data,
      createdAt,
      readAt,
      actorId,
      actor: bylineColumns,
    })
    .from(notifications)
    .leftJoin(users, eq(users.id, actorId))

export type NotificationRow = Awaited<ReturnType<typeof listNotificationRows>>[number]

/** Those that fulfil the condition. */
export const listNotificationRows = (
  db: Queryable,
  isWanted: SQL | undefined,
  { order, after, offset, limit }: Omit<SortedStart, 'sort'>,
) =>
  select(db)
    .where(and(isWanted, comesAfter(order, after)))
    .orderBy(...inOrder(order))
    .offset(offset)
    .limit(limit)

/** Of one person, of kinds that this version knows, about what they may see now. */
export const isVisibleTo = (
  db: Queryable,
  { subjects }: NotificationRegistry,
  recipient: Recipient,
): SQL | undefined =>
  and(
    eq(notifications.userId, recipient.id),
    inArray(kind, NotificationKind.options),
    or(
      sql`false`,
      ...Object.entries(subjects).map(([name, subject]) =>
        and(eq(subjectKind, name), subject.isVisible(db, recipient)),
      ),
    ),
  )

/** Whole views, by one more statement for each kind of subject among them; what is gone by now is left out. */
export async function toViews(
  db: Queryable,
  registry: NotificationRegistry,
  rows: readonly NotificationRow[],
): Promise<NotificationView[]> {
  const describedById = new Map<string, Described>()
  for (const [name, subject] of Object.entries(registry.subjects)) {
    const ids = rows.filter((row) => row.subjectKind === name).map((row) => row.subjectId)
    if (ids.length === 0) continue
    for (const one of await subject.describe(db, [...new Set(ids)])) describedById.set(one.id, one)
  }
  return rows.flatMap((row) => {
    const described = describedById.get(row.subjectId)
    return described ? toView(registry, row, described) : []
  })
}

function toView(
  { sentences }: NotificationRegistry,
  row: NotificationRow,
  { title, path }: Described,
): NotificationView {
  const known = NotificationKind.safeParse(row.kind).data
  const facts = { actor: row.actor?.displayName ?? null, title, data: row.data }
  const sentence = known && sentences[known]?.(facts)
  return {
    id: row.id,
    kind: row.kind,
    actor: row.actor && toByline(row.actor),
    subject: { kind: row.subjectKind, id: row.subjectId },
    text: sentence ?? title,
    path,
    createdAt: row.createdAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  }
}

/** The defaults of every kind, as a table of a statement. */
export const defaultChannels = sql`(values ${sql.join(
  Object.entries(notificationKinds).map(
    ([name, { inApp, email }]) => sql`(${name}::text, ${inApp}::boolean, ${email}::text)`,
  ),
  sql`, `,
)}) as standard (kind, in_app, email)`

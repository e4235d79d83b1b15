import { randomUUIDv7 } from 'node:crypto'
import { type NotificationKind, notificationKinds } from '@galley/contract/notification-kinds'
import type { Tx } from '@galley/db/client'
import { notificationPreferences, notifications, users } from '@galley/db/schema'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { emitAll } from '../events/emit.ts'

/** What one person is told of. */
export type Notice = {
  userId: string
  kind: NotificationKind
  /** What they are told of once only; the id of the subject where nothing else is said. */
  key?: string
  /** Who caused it; null where nobody in particular did. They are not told. */
  actorId: string | null
  /** Kinds of which one may have told them of the same key already: this would be the second time. */
  unless?: readonly NotificationKind[]
  subject: { kind: string; id: string }
  /** The thing whose page shows the subject, where that is another. */
  contextId?: string
  data?: Record<string, string | number>
}

/**
 * Tells people, by the channels that they have chosen for the kind: of each key of a kind once, however often and by how
 * many it is called. Two statements, however many are told; the caller limits their number.
 */
export async function notify(ctx: Ctx, tx: Tx, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return
  const created = await tx.execute<{ id: string; userId: string; inApp: boolean }>(
    insertNotices(notices.map(toRow), ctx.now()),
  )
  await emitAll(
    ctx,
    tx,
    'notification.created',
    created.filter(({ inApp }) => inApp).map(({ id, userId }) => ({ userId, notificationId: id })),
  )
}

const toRow = ({ userId, kind, key, actorId, unless, subject, contextId, data }: Notice) => ({
  id: randomUUIDv7(),
  user_id: userId,
  kind,
  key: key ?? subject.id,
  actor_id: actorId,
  subject_kind: subject.kind,
  subject_id: subject.id,
  context_id: contextId ?? null,
  data: data ?? {},
  in_app: notificationKinds[kind].inApp,
  email: notificationKinds[kind].email,
  unless: unless ?? [],
})

// In the order of people, so that two of these wait for each other in one direction only.
const insertNotices = (rows: ReturnType<typeof toRow>[], now: Date) => sql`
  insert into ${notifications} (id, user_id, kind, key, actor_id, subject_kind, subject_id, context_id, data, in_app, email, created_at)
  select wanted.id, wanted.user_id, wanted.kind, wanted.key, wanted.actor_id, wanted.subject_kind, wanted.subject_id,
    wanted.context_id, wanted.data, coalesce(chosen.in_app, wanted.in_app), coalesce(chosen.email, wanted.email),
    ${now.toISOString()}::timestamptz
  from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as wanted (id uuid, user_id uuid, kind text, key text,
    actor_id uuid, subject_kind text, subject_id uuid, context_id uuid, data jsonb, in_app boolean, email text, unless text[])
  join ${users} on users.id = wanted.user_id and users.email_verified_at is not null
  left join ${notificationPreferences} chosen on chosen.user_id = wanted.user_id and chosen.kind = wanted.kind
  where wanted.actor_id is distinct from wanted.user_id
    and (coalesce(chosen.in_app, wanted.in_app) or coalesce(chosen.email, wanted.email) <> 'off')
    and not exists (select 1 from ${notifications} told where told.user_id = wanted.user_id
      and told.kind = any(wanted.unless) and told.key = wanted.key)
  order by wanted.user_id, wanted.kind, wanted.key
  on conflict do nothing
  returning id, user_id as "userId", in_app as "inApp"`

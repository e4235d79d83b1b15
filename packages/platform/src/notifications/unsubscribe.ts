import {
  EmailRhythm,
  NotificationKind,
  notificationKinds,
} from '@galley/contract/notification-kinds'
import type { UnsubscribeToken, UnsubscribeView } from '@galley/contract/platform/notifications'
import { Id } from '@galley/contract/primitives'
import type { Queryable } from '@galley/db/client'
import { notificationPreferences, users } from '@galley/db/schema'
import { eq, sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { transact, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { defaultChannels } from './queries.ts'

/** What a link ends: the e-mails of a kind, or a digest. */
export type Subscription = NotificationKind | 'daily' | 'weekly'

const PURPOSE = 'unsubscribe'

const Digest = EmailRhythm.extract(['daily', 'weekly'])
const Signed = z.tuple([Id, z.union([NotificationKind, Digest]), z.string()])

/**
 * The address that ends these e-mails of one person without a sign-in (RFC 8058). It holds as long as the key that signed
 * it, since people unsubscribe by old mail too, and gives no other right.
 */
export function unsubscribeUrl(
  { site, secretBox }: Ctx,
  userId: string,
  subscription: Subscription,
): string {
  const signature = secretBox.sign(PURPOSE, `${userId}.${subscription}`)
  const token = `${userId}.${subscription}.${signature}`
  return `${site.origin}/unsubscribe?token=${encodeURIComponent(token)}`
}

/** What a link ends, and whether it still has something to end. Throws `link/invalid`. */
export async function getSubscription(ctx: Ctx, input: UnsubscribeToken): Promise<UnsubscribeView> {
  const { userId, subscription } = await read(ctx, input)
  const ended = await ctx.db.execute<{ kind: string }>(
    sql`select kind from (${subscribedKinds(userId, subscription)}) as subscribed`,
  )
  return { meaning: meaningOf(subscription), subscribed: ended.length > 0 }
}

/** Ends what the link says: what the person gets in the app, and other e-mails, stay as they are. */
export async function unsubscribe(ctx: Ctx, input: UnsubscribeToken): Promise<UnsubscribeView> {
  const { userId, subscription } = await read(ctx, input)
  await transact(ctx, (tx) =>
    tx.execute(sql`insert into ${notificationPreferences} (user_id, kind, in_app, email)
      select ${userId}::uuid, kind, in_app, 'off' from (${subscribedKinds(userId, subscription)}) as subscribed
      order by kind on conflict (user_id, kind) do update set email = 'off'`),
  )
  return { meaning: meaningOf(subscription), subscribed: false }
}

async function read(
  ctx: Ctx,
  { token }: UnsubscribeToken,
): Promise<{ userId: string; subscription: Subscription }> {
  const { data } = Signed.safeParse(token.split('.'))
  if (!data) throw new AppError('link/invalid')
  const [userId, subscription, signature] = data
  const isOurs = ctx.secretBox.verify(PURPOSE, `${userId}.${subscription}`, signature)
  if (!isOurs || !(await isThere(ctx.db, userId))) throw new AppError('link/invalid')
  return { userId, subscription }
}

const isThere = async (db: Queryable, userId: string) =>
  (await db.$count(users, eq(users.id, userId))) > 0

/** The kinds that still reach the person by such e-mails. */
function subscribedKinds(userId: string, subscription: Subscription): SQL {
  const isDigest = subscription === 'daily' || subscription === 'weekly'
  return sql`select standard.kind, coalesce(chosen.in_app, standard.in_app) as in_app from ${defaultChannels}
    left join ${notificationPreferences} chosen on chosen.kind = standard.kind and chosen.user_id = ${userId}::uuid
    where coalesce(chosen.email, standard.email) ${isDigest ? sql`= ${subscription}` : sql`<> 'off'`}
      ${isDigest ? sql`` : sql`and standard.kind = ${subscription}`}`
}

const meaningOf = (subscription: Subscription) =>
  subscription === 'daily' || subscription === 'weekly'
    ? `The ${subscription} digest of notifications`
    : notificationKinds[subscription].meaning

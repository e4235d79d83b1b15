import { randomInt } from 'node:crypto'
import { Username } from '@galley/contract/platform/users'
import type { Tx } from '@galley/db/client'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import type { Ctx } from '../ctx.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'
import { activateUser } from './activate.ts'
import { newcomerRole, provenNewcomerRole, notifyAccountOwner } from './internal/sign-up.ts'
import { deleteUnverified, putSignUp } from './internal/unverified.ts'
import { lockAddress } from './lock-address.ts'
import { findTakenUsernames, type UserRow } from './queries.ts'

type Newcomer = {
  email: string
  /** Whether the provider vouches for the address. */
  emailVerified: boolean
  /** What the person is called elsewhere, the best first. */
  names: string[]
  displayName: string | null
}

/**
 * Sign-up by an account elsewhere. A verified address is the person's: an account that somebody made with it and never
 * verified gives way, and with it its password (against pre-hijacking). One that is not verified is confirmed by mail,
 * as at any sign-up. Returns null where an account has the address; a unique violation where a username was just taken.
 */
export async function createUserForIdentity(
  ctx: Ctx,
  tx: Tx,
  { email, emailVerified, names, displayName }: Newcomer,
): Promise<UserRow | null> {
  await lockAddress(tx, email)
  if (emailVerified) await deleteUnverified(tx, eq(users.email, email))
  const username = await freeUsername(tx, names)
  const role = emailVerified ? await provenNewcomerRole(ctx, tx, email) : newcomerRole(ctx)
  const signUp = { email, username, displayName: displayName ?? username, role }
  const user = await putSignUp(ctx, tx, signUp)
  if (!user) {
    if (!emailVerified) await notifyAccountOwner(ctx, tx, email)
    return null
  }
  await recordAudit(ctx, tx, {
    action: 'user.signed-up',
    target: { type: 'user', id: user.id },
    subjectId: user.id,
  })
  if (emailVerified) return activateUser(ctx, tx, user.id)
  await enqueueEmail(ctx, tx, { letter: 'verify-email', userId: user.id })
  return user
}

/** The first that nobody has: the names as usernames are written, then the same with a number. */
async function freeUsername(tx: Tx, names: string[]) {
  const plain = names.map(toUsername).filter((name) => Username.safeParse(name).success)
  const numbered = [...plain, 'person'].map((name) => `${name.slice(0, 22)}-${randomInt(1e6, 1e7)}`)
  const candidates = [...plain, ...numbered]
  const taken = await findTakenUsernames(tx, candidates)
  const free = candidates.find((candidate) => !taken.has(candidate))
  if (free === undefined) throw new Error('Not one of the usernames is free')
  return free
}

const toUsername = (name: string) =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 30)
    .replaceAll(/^-|-$/g, '')

import { randomUUID } from 'node:crypto'
import type { Ctx } from '../ctx.ts'
import type { IssuedToken, Kept } from '../grant.ts'

const DAYS = 180

type KeptDevice = Kept<'device'>

/**
 * By which this client is known to have proved that it is the account's: its attempts to sign in are counted apart, so
 * that strangers who guess cannot lock the owner out (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
 * It opens nothing by itself.
 */
export function issueDevice(ctx: Ctx, userId: string, kept: KeptDevice): IssuedToken {
  const id = findDevice(ctx, userId, kept) ?? randomUUID()
  const expiresAt = new Date(ctx.now().getTime() + DAYS * 86_400_000)
  const device = `${userId}.${id}.${expiresAt.getTime()}`
  return { token: `${device}.${ctx.secretBox.sign('device', device)}`, expiresAt }
}

/** The id of this client if it is known for the account. */
export function findDevice(ctx: Ctx, userId: string, { device }: KeptDevice): string | undefined {
  const [account, id, expiry, signature, ...rest] = device?.split('.') ?? []
  if (account !== userId || !id || !expiry || !signature || rest.length > 0) return undefined
  if (!ctx.secretBox.verify('device', `${account}.${id}.${expiry}`, signature)) return undefined
  return Number(expiry) > ctx.now().getTime() ? id : undefined
}

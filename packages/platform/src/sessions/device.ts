import { randomUUID } from 'node:crypto'
import type { Ctx } from '../ctx.ts'

const DAYS = 180

/**
 * Leaves a cookie by which this browser is known to have proved that it is the account's: its attempts to sign in are
 * counted apart, so that strangers who guess cannot lock the owner out (OWASP, "Slow Down Online Guessing Attacks with
 * Device Cookies"). It opens nothing by itself.
 */
export function rememberDevice(ctx: Ctx, userId: string): void {
  const id = findDevice(ctx, userId) ?? randomUUID()
  const expiresAt = new Date(ctx.now().getTime() + DAYS * 86_400_000)
  const device = `${userId}.${id}.${expiresAt.getTime()}`
  ctx.cookies.set('device', `${device}.${ctx.secretBox.sign('device', device)}`, expiresAt)
}

/** The id of this browser if it is known for the account. */
export function findDevice(ctx: Ctx, userId: string): string | undefined {
  const [account, id, expiry, signature, ...rest] = ctx.cookies.get('device')?.split('.') ?? []
  if (account !== userId || !id || !expiry || !signature || rest.length > 0) return undefined
  if (!ctx.secretBox.verify('device', `${account}.${id}.${expiry}`, signature)) return undefined
  return Number(expiry) > ctx.now().getTime() ? id : undefined
}

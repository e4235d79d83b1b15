import { createHmac } from 'node:crypto'
import type { insertUser } from '@galley/testing/factories'
import { confirmTotp } from './by-cookies.ts'
import { openAccount, signIn } from './account.ts'
import type { useTestDomain } from './context.ts'
import { startTotp } from '../src/credentials/totp.ts'

type Domain = ReturnType<typeof useTestDomain>

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What an authenticator app shows at this moment: RFC 6238, written once more. */
export function codeAt(secret: string, at: Date): string {
  const bits = Array.from(secret, (char) => base32.indexOf(char).toString(2).padStart(5, '0'))
  const key = Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)
      ?.map((byte) => parseInt(byte, 2)) ?? [],
  )
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const truncated = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff
  return String(truncated % 1_000_000).padStart(6, '0')
}

/** Moments that are steps of an authenticator apart, so that each has a code of its own. */
export function steps() {
  let at = Date.now()
  return () => new Date((at += 30_000))
}

/** An account with a second factor, in a browser that has just switched it on. */
export async function openGuardedAccount(
  domain: Domain,
  values: Parameters<typeof insertUser>[1] = {},
) {
  const user = await openAccount(domain, values)
  const browser = await signIn(domain, user)
  const { secret } = await startTotp(await browser.session())
  const nextStep = steps()
  const at = nextStep()
  const { codes } = await confirmTotp(
    { ...(await browser.session()), now: () => at },
    { code: codeAt(secret, at) },
  )
  return { user, browser, secret, codes, nextStep }
}

/** A throttle that lets everything through, where a race is what the test is about. */
export const unthrottled = {
  attempt: async () => ({ allowed: true as const }),
  succeeded: async () => {},
}

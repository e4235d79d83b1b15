import { createHash, randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { renderSVG } from 'uqr'

/** Codes of an authenticator app (RFC 6238). */
export type Totp = {
  /** A new secret, with the address and the picture that hand it to the app; `account` is what the app shows. */
  create(account: string): { secret: string; uri: string; qrSvg: string }
  /** The time step (30 s) that this code belongs to, around `now`; null for a wrong one. */
  stepOf(secret: string, code: string, now: Date): number | null
}

// What every app understands: others ignore the algorithm and the length that an address names.
const shape = { algorithm: 'SHA1', digits: 6, period: 30 }

/** RFC 4226, 4: 160 bits. */
const SECRET_BYTES = 20

/** One step to either side, for slow typing and clocks that are off (RFC 6238, 5.2). */
const WINDOW = 1

/** The app shows the name of the site, without colons: one ends the issuer in a label (Key Uri Format). */
export function createTotp(site: { readonly name: string }): Totp {
  return {
    create(account) {
      const issuer = site.name.replaceAll(':', '')
      const secret = new Secret({ size: SECRET_BYTES })
      const uri = new TOTP({ ...shape, issuer, label: account, secret }).toString()
      return { secret: secret.base32, uri, qrSvg: renderSVG(uri, { ecc: 'M', border: 2 }) }
    },
    stepOf(secret, code, now) {
      // The library throws where characters are longer than a byte.
      if (!/^[0-9]{6}$/.test(code)) return null
      const totp = new TOTP({ ...shape, secret: Secret.fromBase32(secret) })
      const timestamp = now.getTime()
      const delta = totp.validate({ token: code, timestamp, window: WINDOW })
      return delta === null ? null : totp.counter({ timestamp }) + delta
    },
  }
}

/** Codes that stand in for a lost authenticator, each of them once. */
export type RecoveryCodes = {
  /** Ten new codes such as `7kq2-m9xd-04tz-hw3c`. */
  create(): string[]
  /**
   * What is stored of a code, however it was typed. A plain SHA-256: 80 random bits cannot be guessed from it, so it
   * needs neither a slow hash nor a key, and stays right when keys are rotated. The person's id keeps one guess from
   * being tried on everybody's at once.
   */
  hash(userId: string, code: string): string
}

const COUNT = 10
const GROUPS = 4
const GROUP_LENGTH = 4

/** Crockford's base 32: without i, l, o and u, and what looks like another is read as that one. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

export function createRecoveryCodes(): RecoveryCodes {
  return {
    create: () => Array.from({ length: COUNT }, code),
    hash: (userId, typed) =>
      createHash('sha256')
        .update(`${userId}:${normalized(typed)}`)
        .digest('base64url'),
  }
}

const code = () => Array.from({ length: GROUPS }, group).join('-')

const group = () =>
  Array.from({ length: GROUP_LENGTH }, () => alphabet.charAt(randomInt(alphabet.length))).join('')

const normalized = (typed: string) =>
  typed.toLowerCase().replaceAll(/[\s-]/gu, '').replaceAll('o', '0').replaceAll(/[il]/gu, '1')

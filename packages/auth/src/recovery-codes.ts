import { createHash, randomInt } from 'node:crypto'

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

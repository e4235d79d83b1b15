import { createHash, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const PREFIX = 'gly_'
/** 30 characters of 62 are 178 bits. */
const RANDOM_LENGTH = 30
const CHECKSUM_LENGTH = 6
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const shape = /^gly_[0-9A-Za-z]{36}$/

/** A personal token as it is shown once, and what is kept of it. */
export type NewApiToken = {
  token: string
  /** SHA-256 in hex: a random token needs no slow hash. */
  hash: string
  /** Its last four characters. */
  hint: string
}

/**
 * `gly_`, 178 random bits in letters and digits, and their CRC-32: a scanner for leaked secrets knows one when it sees
 * one, and what was cut or mistyped is refused without a look-up.
 */
export function newApiToken(): NewApiToken {
  const random = Array.from({ length: RANDOM_LENGTH }, () => alphabet[randomInt(62)]).join('')
  const token = `${PREFIX}${random}${checksum(random)}`
  return { token, hash: hashApiToken(token), hint: token.slice(-4) }
}

/** Whether the text could be a personal token; the checksum keeps nobody out who wants in. */
export function isApiToken(text: string): boolean {
  if (!shape.test(text)) return false
  const random = text.slice(PREFIX.length, -CHECKSUM_LENGTH)
  return checksum(random) === text.slice(-CHECKSUM_LENGTH)
}

export const hashApiToken = (token: string) => createHash('sha256').update(token).digest('hex')

/** 32 bits in base 62, padded: six digits hold them. */
function checksum(random: string): string {
  let rest = crc32(random)
  let digits = ''
  for (let at = 0; at < CHECKSUM_LENGTH; at += 1) {
    digits = `${alphabet[rest % 62]}${digits}`
    rest = Math.floor(rest / 62)
  }
  return digits
}

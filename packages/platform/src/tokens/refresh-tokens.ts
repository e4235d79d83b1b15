import { createHash, randomBytes } from 'node:crypto'
import type { SecretBox } from '@galley/auth/secret-box'

const PREFIX = 'glr_'

/** 256 random bits. */
export const newRefreshToken = () => `${PREFIX}${randomBytes(32).toString('base64url')}`

/**
 * What follows `token`: the same whenever it is asked for, so that two refreshes at once, or a second one because the
 * first answer was lost, get one successor. Only the server can tell it (HMAC-SHA-256, 256 bits).
 */
export const successorOf = (box: SecretBox, token: string) =>
  `${PREFIX}${box.sign('refresh', token)}`

/** Under which a token is stored: SHA-256 in hex. */
export const refreshTokenId = (token: string) => createHash('sha256').update(token).digest('hex')

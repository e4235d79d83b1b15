import type { ErrorReason } from '@galley/contract/errors'
import { hash, verify } from '@node-rs/argon2'
import pLimit from 'p-limit'

export type PasswordHasher = {
  /** The password as a PHC string. */
  hash(password: string): Promise<string>
  /**
   * Whether the password belongs to the hash. `null` (no such account) costs as much as a real hash and returns
   * false, so that the response time does not tell whether an account exists. A malformed hash is false.
   */
  verify(hash: string | null, password: string): Promise<boolean>
  /** Whether the hash was made with other parameters than today's; true for a malformed one. */
  needsRehash(hash: string): boolean
}

/** More passwords are waiting than the process will take on; nothing was computed. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy'
  readonly code = 'server/unavailable' satisfies ErrorReason
}

/** OWASP Password Storage Cheat Sheet: argon2id (`algorithm: 2`), 19 MiB, two passes, one lane. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const phcPrefix = '$argon2id$v=19$m=19456,t=2,p=1$'

/** Random bytes under today's parameters: the hash of no known password. */
const dummyHash = `${phcPrefix}XQtCP1f6KYEGPqhqZyoUCg$/w2W9ItIJRwSHwyflJxACasd8sN2wZ59idJu7rid9Y0`

/**
 * argon2id on the thread pool. At most `concurrency` passwords are computed at a time (19 MiB and one thread
 * each) and `queue` more wait; beyond that `hash` and `verify` reject with PasswordsBusy.
 * Passwords are brought to NFC first (RFC 8265, 4.2.2): keyboards compose the same letter in different ways.
 */
export function createPasswordHasher({ concurrency = 2, queue = 64 } = {}): PasswordHasher {
  const limit = pLimit(concurrency)

  async function bounded<Result>(work: () => Promise<Result>): Promise<Result> {
    if (limit.activeCount + limit.pendingCount >= concurrency + queue) {
      throw new PasswordsBusy(
        `${concurrency} passwords are being computed and ${queue} are waiting`,
      )
    }
    return limit(work)
  }

  return {
    hash: (password) => bounded(() => hash(password.normalize('NFC'), parameters)),
    verify: (stored, password) =>
      bounded(async () => {
        const matches = verify(stored ?? dummyHash, password.normalize('NFC'))
        return (await matches.catch(() => false)) && stored !== null
      }),
    needsRehash: (stored) => !stored.startsWith(phcPrefix),
  }
}

import type { Db, Queryable } from '@galley/db/client'
import { transaction } from '@galley/db/transaction'
import { importJWK, type CryptoKey, type JSONWebKeySet } from 'jose'
import type { SecretBox } from './secret-box.ts'
import {
  deleteExpiredKeys,
  expireKeys,
  insertKey,
  listLiveKeys,
  lockKeys,
  type SigningKeyRow,
} from './signing-key-queries.ts'
import { newSigningKey, openPrivateKey, SIGNING_ALGORITHM } from './signing-key-pair.ts'

export type SigningKey = { kid: string; privateKey: CryptoKey }

/** The keys of access tokens, kept in the database: all processes sign and verify with the same ones. */
export type SigningKeys = {
  /** The key that signs now; the first who asks makes it. May be part of a transaction. */
  current(db: Queryable): Promise<SigningKey>
  /** The public half, or null where no live key has this id. */
  find(kid: string): Promise<CryptoKey | null>
  /** RFC 7517: the public halves of all live keys, newest first. */
  publicKeys(): Promise<JSONWebKeySet>
  /** A new key signs from now on. The others verify until the tokens that they signed have expired. Returns its id. */
  rotate(tx: Queryable): Promise<string>
  /** For a key that has leaked: every key ends now, and with it every token; a new one signs. Returns its id. */
  revokeAll(tx: Queryable): Promise<string>
  /** Removes what has expired; for a job. */
  deleteExpired(db: Queryable): Promise<void>
}

/** How long a token of these keys may live: less than the 15 minutes that it could, for every refresh looks at the person. */
export const TOKEN_SECONDS = 10 * 60

/** How long a key verifies after another has taken its place: as long as its last token lives, and a minute. */
const OVERLAP_MS = (TOKEN_SECONDS + 60) * 1000
const DAY_MS = 86_400_000
/** Twice the time between rotations: a rotation that fails for weeks stops nothing. */
const KEY_LIFE_MS = 60 * DAY_MS
const CACHE_MS = 60_000
/** Whatever clocks say, also one that is set back. */
const LONG_AGO = new Date(0)
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Public keys are cached for a minute, and a key id that is not among them is looked up once; the key to sign with is
 * looked up each time. The clock is Date.now of this process; that of the cache never goes back.
 */
export function createSigningKeys(db: Db, box: SecretBox): SigningKeys {
  const privateById = new Map<string, CryptoKey>()
  let cached: { until: number; publicById: Map<string, CryptoKey> } | undefined

  return {
    async current(on) {
      return (
        (await newestReadable(on)) ??
        (await transaction(on, async (tx) => {
          await lockKeys(tx)
          return (await newestReadable(tx)) ?? make(tx)
        }))
      )
    },
    async find(kid) {
      if (!uuid.test(kid)) return null
      const known = cached && cached.until > performance.now() ? cached : await load()
      return known.publicById.get(kid) ?? (await load()).publicById.get(kid) ?? null
    },
    async publicKeys() {
      const rows = await listLiveKeys(db, new Date())
      return { keys: rows.map(({ publicJwk }) => publicJwk) }
    },
    async rotate(tx) {
      await lockKeys(tx)
      await expireKeys(tx, new Date(Date.now() + OVERLAP_MS))
      return (await make(tx)).kid
    },
    async revokeAll(tx) {
      await lockKeys(tx)
      await expireKeys(tx, LONG_AGO)
      cached = undefined
      return (await make(tx)).kid
    },
    deleteExpired: (on) => deleteExpiredKeys(on, new Date()),
  }

  // A key near its end is no use: what it signed would die before its time.
  async function newestReadable(on: Queryable): Promise<SigningKey | undefined> {
    for (const row of await listLiveKeys(on, new Date(Date.now() + OVERLAP_MS))) {
      const privateKey = await privateKeyOf(row)
      if (privateKey) return { kid: row.id, privateKey }
    }
  }

  // A key that was encrypted with another process's, or a lost, encryption key verifies, but cannot sign here.
  async function privateKeyOf(row: SigningKeyRow): Promise<CryptoKey | undefined> {
    const known = privateById.get(row.id)
    if (known) return known
    const opened = await openPrivateKey(box, row)
    if (opened) privateById.set(row.id, opened)
    return opened
  }

  async function make(tx: Queryable): Promise<SigningKey> {
    const now = Date.now()
    const { row, privateKey } = await newSigningKey(box)
    const dates = { createdAt: new Date(now), expiresAt: new Date(now + KEY_LIFE_MS) }
    await insertKey(tx, { ...row, ...dates })
    return { kid: row.id, privateKey }
  }

  async function load() {
    const rows = await listLiveKeys(db, new Date())
    const publicById = new Map<string, CryptoKey>()
    for (const { id, publicJwk } of rows) {
      const key = await importJWK(publicJwk, SIGNING_ALGORITHM)
      if (!(key instanceof Uint8Array)) publicById.set(id, key)
    }
    return (cached = { until: performance.now() + CACHE_MS, publicById })
  }
}

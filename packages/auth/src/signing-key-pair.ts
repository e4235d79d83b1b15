import { randomUUIDv7 } from 'node:crypto'
import { exportJWK, generateKeyPair, importJWK, type CryptoKey } from 'jose'
import { z } from 'zod'
import type { SecretBox } from './secret-box.ts'
import type { SigningKeyRow } from './signing-key-queries.ts'

/**
 * ECDSA on P-256 with SHA-256: its name fixes curve and hash (RFC 9864), and every JWT library and key store knows it,
 * which cannot be said of Ed25519 yet.
 */
export const SIGNING_ALGORITHM = 'ES256'

const PrivateJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
})

/** A new pair: what is stored of it, and the private half for use in this process, from which it cannot be taken. */
export async function newSigningKey(box: SecretBox) {
  const kid = randomUUIDv7()
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true })
  const jwk = PrivateJwk.parse(await exportJWK(privateKey))
  const { d: _, ...publicHalf } = jwk
  const row = {
    id: kid,
    publicJwk: { ...publicHalf, kid, alg: SIGNING_ALGORITHM, use: 'sig' },
    privateJwkEncrypted: box.encrypt(JSON.stringify(jwk), contextOf(kid)),
  }
  return { row, privateKey: await importPrivate(jwk) }
}

/** The private half of a stored pair; undefined where this process lacks the key that it was encrypted with. */
export async function openPrivateKey(
  box: SecretBox,
  { id, privateJwkEncrypted }: SigningKeyRow,
): Promise<CryptoKey | undefined> {
  let json: string
  try {
    json = box.decrypt(privateJwkEncrypted, contextOf(id))
  } catch {
    return undefined
  }
  return importPrivate(PrivateJwk.parse(JSON.parse(json)))
}

const contextOf = (kid: string) => `signing-key:${kid}`

async function importPrivate(jwk: z.output<typeof PrivateJwk>): Promise<CryptoKey> {
  const key = await importJWK(jwk, SIGNING_ALGORITHM, { extractable: false })
  if (key instanceof Uint8Array) throw new Error('The stored key is no key pair')
  return key
}

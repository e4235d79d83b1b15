import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** A key of 32 bytes under its id. */
export type BoxKey = { id: string; key: Buffer }

/**
 * Encryption at rest and message authentication with keys that can be rotated: the first key is used for what is made
 * now, all of them for what was made before.
 */
export type SecretBox = {
  /** AES-256-GCM. `context` names the place (`totp:<user id>`): elsewhere the text does not decrypt. Returns `v1.<key id>.<data>`. */
  encrypt(text: string, context: string): string
  /** Throws for another context, an unknown key, a changed text. */
  decrypt(encrypted: string, context: string): string
  /** Whether `encrypt` would use another key today. */
  isOutdated(encrypted: string): boolean
  /** HMAC-SHA-256 of the data under a key for this purpose, base64url. */
  sign(purpose: string, data: string): string
  /** What `sign` gives, then what it gave while each of the older keys was the first. */
  signatures(purpose: string, data: string): string[]
  /** Whether `signature` is that of the data under any of the keys; in constant time. */
  verify(purpose: string, data: string, signature: string): boolean
}

/** NIST SP 800-38D: 96 bits of nonce at random, 128 bits of tag. Subkeys by HKDF (RFC 5869). Throws without a key. */
export function createSecretBox(keys: BoxKey[]): SecretBox {
  const [current] = keys
  if (!current) throw new Error('There is no encryption key')
  const rings = new Map(
    keys.map(({ id, key }) => [id, { id, encryption: subkey(key, 'encryption'), key }]),
  )

  return {
    encrypt(text, context) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', subkey(current.key, 'encryption'), nonce)
      cipher.setAAD(Buffer.from(context))
      const data = Buffer.concat([
        nonce,
        cipher.update(text, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ])
      return `v1.${current.id}.${data.toString('base64url')}`
    },
    decrypt(encrypted, context) {
      const [version, id = '', encoded = ''] = encrypted.split('.')
      const ring = rings.get(id)
      if (version !== 'v1' || !ring) throw new Error(`There is no encryption key ${id}`)
      const data = Buffer.from(encoded, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', ring.encryption, data.subarray(0, 12))
      decipher.setAAD(Buffer.from(context))
      decipher.setAuthTag(data.subarray(-16))
      return Buffer.concat([decipher.update(data.subarray(12, -16)), decipher.final()]).toString(
        'utf8',
      )
    },
    isOutdated: (encrypted) => encrypted.split('.')[1] !== current.id,
    sign: (purpose, data) => mac(current.key, purpose, data).toString('base64url'),
    signatures: (purpose, data) =>
      keys.map(({ key }) => mac(key, purpose, data).toString('base64url')),
    verify(purpose, data, signature) {
      const given = Buffer.from(signature, 'base64url')
      return keys.some(({ key }) => {
        const expected = mac(key, purpose, data)
        return given.length === expected.length && timingSafeEqual(given, expected)
      })
    },
  }
}

const subkey = (key: Buffer, purpose: string) =>
  Buffer.from(hkdfSync('sha256', key, '', `galley:${purpose}`, 32))

const mac = (key: Buffer, purpose: string, data: string) =>
  createHmac('sha256', subkey(key, `mac:${purpose}`))
    .update(data)
    .digest()

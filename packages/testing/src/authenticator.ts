import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** What a response is made of; each part can be made wrong. */
type Signing = {
  origin: string
  rpId: string
  challenge: string
  type: string
  counter: number
  flags: number
}

/** WebAuthn Level 3, 6.1. */
export const flags = { present: 0x01, verified: 0x04, backupEligible: 0x08, backedUp: 0x10 }

const attestedData = 0x40

/**
 * An authenticator in software, with the browser around it: real keys, real signatures, the JSON that
 * `PublicKeyCredential.toJSON()` gives. It holds one passkey.
 */
export function createAuthenticator({ origin }: { origin: string }) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = randomBytes(32)
  const id = credentialId.toString('base64url')
  const usual = {
    origin,
    rpId: new URL(origin).hostname,
    counter: 0,
    flags: flags.present | flags.verified,
  }
  let userHandle = ''

  return {
    id,

    /** `navigator.credentials.create()`. */
    create(
      options: { challenge: string; user: { id: string } },
      wrong: Partial<Signing> & { attestation?: { fmt: string; attStmt: Cbor } } = {},
    ) {
      const { attestation = { fmt: 'none', attStmt: new Map() }, ...changes } = wrong
      const { challenge } = options
      const signing = { ...usual, challenge, type: 'webauthn.create', ...changes }
      userHandle = options.user.id
      const authData = Buffer.concat([
        authenticatorData({ ...signing, flags: signing.flags | attestedData }),
        Buffer.alloc(16),
        uint16(credentialId.length),
        credentialId,
        cbor(coseKey(publicKey.export({ format: 'jwk' }))),
      ])
      const attestationObject = cbor(
        new Map<string, Cbor>([...Object.entries(attestation), ['authData', authData]]),
      )
      return {
        ...credential(id),
        response: {
          clientDataJSON: clientData(signing).toString('base64url'),
          attestationObject: attestationObject.toString('base64url'),
          transports: ['internal'],
        },
      }
    },

    /** `navigator.credentials.get()`. */
    get(options: { challenge: string }, wrong: Partial<Signing> & { userHandle?: string } = {}) {
      const { challenge } = options
      const signing = { ...usual, challenge, type: 'webauthn.get', ...wrong }
      const authData = authenticatorData(signing)
      const client = clientData(signing)
      const signature = sign('sha256', Buffer.concat([authData, sha256(client)]), privateKey)
      return {
        ...credential(id),
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle: wrong.userHandle ?? userHandle,
        },
      }
    },
  }
}

const credential = (id: string) => ({
  id,
  rawId: id,
  type: 'public-key' as const,
  authenticatorAttachment: 'platform' as const,
  clientExtensionResults: {},
})

const clientData = ({ type, challenge, origin }: Signing) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

const authenticatorData = ({ rpId, flags, counter }: Signing) =>
  Buffer.concat([sha256(rpId), Buffer.from([flags]), uint32(counter)])

/** RFC 9053, 2.1 and 7.1.1: ES256 on P-256. */
const coseKey = ({ x = '', y = '' }: { x?: string; y?: string }) =>
  new Map<number, Cbor>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ])

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()

function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(2)
  buffer.writeUInt16BE(value)
  return buffer
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(value)
  return buffer
}

/** The part of CBOR (RFC 8949) that an authenticator speaks. */
type Cbor = number | string | Buffer | Cbor[] | Map<number | string, Cbor>

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)])
  const entries = [...value].flatMap(([key, item]) => [cbor(key), cbor(item)])
  return Buffer.concat([head(5, value.size), ...entries])
}

function head(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.from([(major << 5) | argument])
  if (argument < 256) return Buffer.from([(major << 5) | 24, argument])
  return Buffer.from([(major << 5) | 25, argument >> 8, argument & 255])
}

import { randomUUID } from 'node:crypto'
import type { Queryable } from '@galley/db/client'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { SIGNING_ALGORITHM } from './signing-key-pair.ts'
import { TOKEN_SECONDS, type SigningKeys } from './signing-keys.ts'

/** What an access token says. */
export type AccessClaims = {
  userId: string
  /** The sign-in that it came from: a family of refresh tokens. */
  familyId: string
  /** `token_version` of the person when it was made. */
  version: number
  scopes: string[]
}

/** What a valid token says, the key that signed it, and when it runs out. */
export type VerifiedClaims = AccessClaims & { kid: string; expiresAt: Date }

/** Access tokens: JWTs after RFC 9068, short-lived, signed with one algorithm. */
export type AccessTokens = {
  /** May be part of a transaction, which then reads, or makes, the key that signs. */
  issue(db: Queryable, claims: AccessClaims): Promise<{ token: string; expiresInSeconds: number }>
  /** The claims and the key that signed them; null for everything but a token of ours that is valid now. */
  verify(token: string): Promise<VerifiedClaims | null>
}

/** Clocks of several servers are never quite the same. */
const CLOCK_TOLERANCE_SECONDS = 5
const TYPE = 'at+jwt'
/** RFC 9068 wants a client's name; programs do not register here. */
const CLIENT_ID = 'galley-api'

const shape = /^[\w-]+\.[\w-]+\.[\w-]+$/
const MAX_LENGTH = 4096

/** Nothing else may stand there: no `jwk`, `jku`, `x5u` or `crit` is read, so none is taken (RFC 8725, 3.10). */
const Header = z.strictObject({
  alg: z.literal(SIGNING_ALGORITHM),
  typ: z.literal(TYPE),
  kid: z.uuid(),
})

const Payload = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  ver: z.int32(), // as in the database, which refuses to compare with more
  jti: z.uuid(),
  exp: z.int(),
  scope: z.string(),
})

/** `issuer` is this site's origin, and as the API is part of the site it is the audience too. */
export function createAccessTokens(
  keys: Pick<SigningKeys, 'current' | 'find'>,
  issuer: string,
): AccessTokens {
  return {
    async issue(db, { userId, familyId, version, scopes }) {
      const { kid, privateKey } = await keys.current(db)
      const now = Math.floor(Date.now() / 1000)
      const token = await new SignJWT({
        iss: issuer,
        aud: issuer,
        sub: userId,
        client_id: CLIENT_ID,
        jti: randomUUID(),
        iat: now,
        nbf: now,
        exp: now + TOKEN_SECONDS,
        sid: familyId,
        ver: version,
        scope: scopes.join(' '),
      })
        .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: TYPE, kid })
        .sign(privateKey)
      return { token, expiresInSeconds: TOKEN_SECONDS }
    },

    async verify(token) {
      if (token.length > MAX_LENGTH || !shape.test(token)) return null
      try {
        const { payload, protectedHeader } = await jwtVerify(token, keyOf, {
          algorithms: [SIGNING_ALGORITHM],
          typ: TYPE,
          issuer,
          audience: issuer,
          requiredClaims: ['exp', 'nbf', 'iat'],
          maxTokenAge: TOKEN_SECONDS,
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
        })
        const { sub: userId, sid: familyId, ver: version, exp, scope } = Payload.parse(payload)
        const { kid = '' } = protectedHeader
        const expiresAt = new Date(exp * 1000)
        return { userId, familyId, version, scopes: scope.split(' '), kid, expiresAt }
      } catch (error) {
        if (isRefusal(error)) return null
        throw error
      }
    },
  }

  async function keyOf(header: object) {
    const { kid } = Header.parse(header)
    const key = await keys.find(kid)
    if (!key) throw new errors.JWKSNoMatchingKey()
    return key
  }
}

// Anything else went wrong here, such as the database: the caller may come again with the same token.
const isRefusal = (error: unknown) =>
  error instanceof errors.JOSEError || error instanceof z.ZodError

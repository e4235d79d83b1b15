import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'

type ResponseOf<Json extends RegistrationResponseJSON | AuthenticationResponseJSON> = Pick<
  Json,
  'id' | 'rawId' | 'type' | 'clientExtensionResults'
>

/** What `navigator.credentials.create()` returned, as JSON. */
export type RegistrationResponse = ResponseOf<RegistrationResponseJSON> &
  Pick<RegistrationResponseJSON, 'response'>

/** What `navigator.credentials.get()` returned, as JSON. */
export type SignInResponse = ResponseOf<AuthenticationResponseJSON> & {
  response: Omit<AuthenticationResponseJSON['response'], 'userHandle'> & {
    userHandle?: string | null
  }
}

export type Passkey = {
  /** The credential's, base64url. */
  id: string
  /** COSE key, base64url. */
  publicKey: string
  counter: number
  transports: string[]
  backedUp: boolean
}

/**
 * Passkeys (WebAuthn Level 3): discoverable, so that nobody types a name, and only with user verification, so that
 * one stands for both factors. Challenges are 32 bytes, base64url; that each is used once is for the caller to see to.
 */
export type Passkeys = {
  /** For `navigator.credentials.create()`; `existing` ones are not made twice. */
  registrationOptions(
    user: { id: string; email: string; displayName: string },
    challenge: string,
    existing: Pick<Passkey, 'id' | 'transports'>[],
  ): Promise<PublicKeyCredentialCreationOptionsJSON>
  /** For `navigator.credentials.get()`. */
  signInOptions(challenge: string): Promise<PublicKeyCredentialRequestOptionsJSON>
  /** The challenge that a response claims to be for; an empty string when it names none. */
  challengeOf(response: { response: { clientDataJSON: string } }): string
  /** The new passkey; null when the response is not one to this challenge, from this site, by a verified person. */
  verifyRegistration(response: RegistrationResponse, challenge: string): Promise<Passkey | null>
  /** What changed about the passkey of this user; null as above, or when its counter did not go up (a copy). */
  verifySignIn(
    response: SignInResponse,
    challenge: string,
    passkey: Passkey & { userId: string },
  ): Promise<Pick<Passkey, 'counter' | 'backedUp'> | null>
}

const TIMEOUT_MS = 5 * 60_000

/** EdDSA, ES256 and RS256, named by COSE (RFC 9053, RFC 8812): between them every authenticator has one. */
const supportedAlgorithmIDs = [-8, -7, -257]

// Some 300 modules: loaded when somebody uses a passkey.
const webAuthn = () => import('@simplewebauthn/server')

/** `origin` is where people open the site; its host name is what passkeys are bound to. */
export function createPasskeys(site: Readonly<{ name: string; origin: string }>): Passkeys {
  const { origin } = site
  const rpID = new URL(origin).hostname
  const expected = { expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true }

  return {
    async registrationOptions({ id, email, displayName }, challenge, existing) {
      const { generateRegistrationOptions } = await webAuthn()
      return generateRegistrationOptions({
        rpName: site.name,
        rpID,
        userID: bytes(id),
        userName: email,
        userDisplayName: displayName,
        challenge: bytes(challenge, 'base64url'),
        timeout: TIMEOUT_MS,
        attestationType: 'none',
        supportedAlgorithmIDs,
        excludeCredentials: existing,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
    },

    async signInOptions(challenge) {
      const { generateAuthenticationOptions } = await webAuthn()
      return generateAuthenticationOptions({
        rpID,
        challenge: bytes(challenge, 'base64url'),
        timeout: TIMEOUT_MS,
        userVerification: 'required',
      })
    },

    challengeOf({ response }) {
      const challenge = attempt(() => clientData(response.clientDataJSON).challenge)
      return typeof challenge === 'string' ? challenge : ''
    },

    async verifyRegistration(response, challenge) {
      const isPlain = isCertified(response).then((certified) => !certified)
      if (!(await settled(isPlain))) return null
      const { verifyRegistrationResponse } = await webAuthn()
      const options = {
        ...expected,
        response,
        expectedChallenge: challenge,
        supportedAlgorithmIDs,
      }
      const { registrationInfo } = (await settled(verifyRegistrationResponse(options))) ?? {}
      if (!registrationInfo) return null
      const { credential, credentialBackedUp } = registrationInfo
      return {
        id: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: credential.transports ?? [],
        backedUp: credentialBackedUp,
      }
    },

    async verifySignIn(response, challenge, passkey) {
      const { userHandle, ...assertion } = response.response
      // WebAuthn, 7.2 step 6: whom the authenticator says it is, and whose key it is, must be one.
      if (userHandle !== Buffer.from(passkey.userId).toString('base64url')) return null
      const { verifyAuthenticationResponse } = await webAuthn()
      const verified = await settled(
        verifyAuthenticationResponse({
          ...expected,
          expectedChallenge: challenge,
          response: { ...response, response: { ...assertion, userHandle } },
          credential: { ...passkey, publicKey: bytes(passkey.publicKey, 'base64url') },
        }),
      )
      if (!verified?.verified) return null
      const { newCounter, credentialBackedUp } = verified.authenticationInfo
      return { counter: newCounter, backedUp: credentialBackedUp }
    },
  }
}

/**
 * Whether an authenticator's maker vouches for it. It was not asked for, nothing here would trust it, and checking
 * its certificates would fetch addresses that they name.
 */
async function isCertified({ response }: RegistrationResponse): Promise<boolean> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers')
  const attestation = decodeAttestationObject(bytes(response.attestationObject, 'base64url'))
  const format = attestation.get('fmt')
  if (format === 'none') return false
  return format !== 'packed' || attestation.get('attStmt').get('x5c') !== undefined
}

/** What the browser says it signed (WebAuthn, 5.8.1). */
const clientData = (base64url: string): { challenge?: unknown } =>
  JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'))

const bytes = (text: string, encoding?: BufferEncoding) =>
  Uint8Array.from(Buffer.from(text, encoding))

// The library throws for whatever is wrong with a response; here these are all one.
const settled = <Result>(result: Promise<Result>) => result.catch(() => null)

function attempt<Result>(read: () => Result): Result | null {
  try {
    return read()
  } catch {
    return null
  }
}

import { z } from 'zod'
import { line, Timestamp } from '../primitives.ts'

const Base64Url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]*$/, 'Must be base64url.')

const credential = {
  id: Base64Url(1400),
  rawId: Base64Url(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullish(),
  /** Of the one extension that is asked for; nothing depends on it. */
  clientExtensionResults: z.strictObject({
    credProps: z.strictObject({ rk: z.boolean().optional() }).optional(),
  }),
}

/** What `navigator.credentials.create()` gave, as JSON (WebAuthn Level 3, RegistrationResponseJSON). */
export const RegistrationResponse = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: Base64Url(4000),
    attestationObject: Base64Url(20_000),
    authenticatorData: Base64Url(8000).optional(),
    transports: z.array(z.string().max(20)).max(10).optional(),
    publicKeyAlgorithm: z.int().optional(),
    publicKey: Base64Url(4000).optional(),
  }),
})

/** What `navigator.credentials.get()` gave, as JSON (AuthenticationResponseJSON). */
export const AuthenticationResponse = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: Base64Url(4000),
    authenticatorData: Base64Url(8000),
    signature: Base64Url(2000),
    userHandle: Base64Url(200).nullish(),
  }),
})

/** Options for the browser's WebAuthn call, to be handed on as they are. */
export const PasskeyOptions = z.object({ options: z.looseObject({ challenge: z.string() }) })
export type PasskeyOptions = z.output<typeof PasskeyOptions>

export const CreatePasskey = z.strictObject({
  name: line(80).min(1, 'Must not be empty.'),
  response: RegistrationResponse,
})
export type CreatePasskey = z.output<typeof CreatePasskey>

export const ByPasskey = z.strictObject({ response: AuthenticationResponse })
export type ByPasskey = z.output<typeof ByPasskey>

export const PasskeyById = z.strictObject({ id: Base64Url(1400).min(1) })
export type PasskeyById = z.output<typeof PasskeyById>

export const PasskeyView = z.object({
  id: z.string(),
  name: z.string(),
  /** Kept by a password manager or a cloud, so that it outlives the device. */
  backedUp: z.boolean(),
  createdAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
})
export type PasskeyView = z.output<typeof PasskeyView>

export const PasskeyList = z.object({ items: z.array(PasskeyView) })
export type PasskeyList = z.output<typeof PasskeyList>

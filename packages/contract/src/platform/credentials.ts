import { z } from 'zod'
import { Count } from '../primitives.ts'
import { AnyPassword, SecondFactorCode } from './sessions.ts'
import { Email, Password } from './users.ts'

/** How the caller signs in. */
export const CredentialsView = z.object({
  email: z.string(),
  password: z.boolean(),
  totp: z.boolean(),
  recoveryCodesLeft: Count,
  passkeys: Count,
  identities: Count,
})
export type CredentialsView = z.output<typeof CredentialsView>

export const ChangePassword = z.strictObject({ currentPassword: AnyPassword, password: Password })
export type ChangePassword = z.output<typeof ChangePassword>

/** For an account that has no password yet. */
export const SetPassword = z.strictObject({ password: Password })
export type SetPassword = z.output<typeof SetPassword>

export const ResetPassword = z.strictObject({
  token: z.string().min(1).max(128),
  password: Password,
})
export type ResetPassword = z.output<typeof ResetPassword>

/** The link of the first mail; `password` where it is followed in another browser than that of the sign-up. */
export const VerifyEmail = z.strictObject({
  token: z.string().min(1).max(128),
  password: AnyPassword.optional(),
})
export type VerifyEmail = z.output<typeof VerifyEmail>

export const ChangeEmail = z.strictObject({ email: Email })
export type ChangeEmail = z.output<typeof ChangeEmail>

/** A new secret for an authenticator, shown this once. */
export const TotpSecret = z.object({
  /** Base32, for typing. */
  secret: z.string(),
  /** `otpauth://totp/...`, what the QR code says. */
  uri: z.string(),
  /** The QR code as an SVG document. */
  qrSvg: z.string(),
})
export type TotpSecret = z.output<typeof TotpSecret>

export const ConfirmTotp = z.strictObject({ code: SecondFactorCode })
export type ConfirmTotp = z.output<typeof ConfirmTotp>

/** Shown this once; each works once. */
export const RecoveryCodes = z.object({ codes: z.array(z.string()) })
export type RecoveryCodes = z.output<typeof RecoveryCodes>

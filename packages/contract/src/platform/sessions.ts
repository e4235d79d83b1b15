import { z } from 'zod'
import { Count, line, Timestamp } from '../primitives.ts'
import { text } from '../text.ts'
import { CurrentUser, Email } from './users.ts'

/** A password of any shape: a wrong one gets the one response for wrong credentials. */
export const AnyPassword = text(512).min(1, 'Must not be empty.')

/** Sign-in. */
export const CreateSession = z.strictObject({ email: Email, password: AnyPassword })
export type CreateSession = z.output<typeof CreateSession>

/** Six digits of an authenticator, or a recovery code; blanks and hyphens do not matter. */
export const SecondFactorCode = line(40).min(6, 'Must be at least 6 characters.')

export const BySecondFactor = z.strictObject({ code: SecondFactorCode })
export type BySecondFactor = z.output<typeof BySecondFactor>

/** Who the caller is; `user` is null when signed out. */
export const SessionView = z.object({ user: CurrentUser.nullable() })
export type SessionView = z.output<typeof SessionView>

/** After a right password: signed in, or `secondFactor` is asked for next (the browser holds a cookie for that step). */
export const SignInView = SessionView.extend({ secondFactor: z.boolean() })
export type SignInView = z.output<typeof SignInView>

/** SHA-256 in hex. */
const SessionId = z.string().regex(/^[0-9a-f]{64}$/, 'Must be the id of a session.')

export const SessionById = z.strictObject({ id: SessionId })
export type SessionById = z.output<typeof SessionById>

/** One signed-in device. */
export const Device = z.object({
  id: SessionId,
  current: z.boolean(),
  method: z.enum(['password', 'passkey', 'identity']),
  createdAt: Timestamp,
  /** To the minute. */
  lastSeenAt: Timestamp,
  expiresAt: Timestamp,
  ip: z.string(),
  userAgent: z.string(),
})
export type Device = z.output<typeof Device>

export const DeviceList = z.object({ items: z.array(Device) })
export type DeviceList = z.output<typeof DeviceList>

export const Revoked = z.object({ count: Count })
export type Revoked = z.output<typeof Revoked>

/** Proof that it is still the same person: the password, or where a second factor is on its code. */
export const StepUp = z.union([
  z.strictObject({ password: AnyPassword }),
  z.strictObject({ code: SecondFactorCode }),
])
export type StepUp = z.output<typeof StepUp>

/** Until when sensitive actions are allowed without asking again. */
export const StepUpView = z.object({ until: Timestamp })
export type StepUpView = z.output<typeof StepUpView>

import { z } from 'zod'
import { Id, line, Timestamp } from '../primitives.ts'
import { Scope } from '../scopes.ts'
import { AnyPassword, SecondFactorCode } from './sessions.ts'
import { Email } from './users.ts'

/** A personal token for a program; `expiresInDays` from 1 to 365. */
export const CreateToken = z.strictObject({
  name: line(80).min(1, 'Must not be empty.'),
  scopes: z.array(Scope).min(1, 'Choose at least one.').max(100),
  expiresInDays: z.int().min(1).max(365).default(90),
})
export type CreateToken = z.output<typeof CreateToken>

export const TokenById = z.strictObject({ id: Id })
export type TokenById = z.output<typeof TokenById>

export const TokenView = z.object({
  id: Id,
  name: z.string(),
  /** `gly_...` and its last four characters. */
  hint: z.string(),
  scopes: z.array(Scope),
  createdAt: Timestamp,
  expiresAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
})
export type TokenView = z.output<typeof TokenView>

export const TokenList = z.object({ items: z.array(TokenView) })
export type TokenList = z.output<typeof TokenList>

/** `token` is shown this once. */
export const NewToken = TokenView.extend({ token: z.string() })
export type NewToken = z.output<typeof NewToken>

/** Sign-in of a program: `POST /api/v1/auth/tokens`. `code` where the account has a second factor. */
export const CreateTokenPair = z.strictObject({
  email: Email,
  password: AnyPassword,
  code: SecondFactorCode.optional(),
})
export type CreateTokenPair = z.output<typeof CreateTokenPair>

/** `POST /api/v1/auth/refresh` and `/revoke`. */
export const ByRefreshToken = z.strictObject({ refreshToken: z.string().min(1).max(200) })
export type ByRefreshToken = z.output<typeof ByRefreshToken>

/** An access token (JWT) for `Authorization: Bearer`, and what gets the next one. Seconds from now. */
export const TokenPair = z.object({
  tokenType: z.literal('Bearer'),
  accessToken: z.string(),
  expiresIn: z.int(),
  refreshToken: z.string(),
  refreshExpiresIn: z.int(),
})
export type TokenPair = z.output<typeof TokenPair>

/** A sign-in of a program that is alive: `POST /api/v1/auth/tokens`, and what was refreshed since. */
export const ProgramView = z.object({
  id: Id,
  createdAt: Timestamp,
  /** When it last got new tokens; it may use them for some minutes after. */
  refreshedAt: Timestamp,
  expiresAt: Timestamp,
  ip: z.string(),
  userAgent: z.string(),
})
export type ProgramView = z.output<typeof ProgramView>

export const ProgramList = z.object({ items: z.array(ProgramView) })
export type ProgramList = z.output<typeof ProgramList>

export const ProgramById = z.strictObject({ id: Id })
export type ProgramById = z.output<typeof ProgramById>

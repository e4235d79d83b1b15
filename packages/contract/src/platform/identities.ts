import { z } from 'zod'
import { Id, line, Timestamp } from '../primitives.ts'

/** The name of a configured provider: `github`, `google`, ... */
export const ProviderName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'Must be the name of a provider.')

export const Provider = z.object({
  name: ProviderName,
  label: z.string(),
  /** Whether a sign-in there can confirm who is signed in here (`step-up`). */
  stepUp: z.boolean(),
})
export type Provider = z.output<typeof Provider>

export const ProviderList = z.object({ items: z.array(Provider) })
export type ProviderList = z.output<typeof ProviderList>

/**
 * Begins a sign-in at a provider, connects one to the signed-in account, or confirms who is signed in; `next` is a path of
 * this site to go to after.
 */
export const StartIdentity = z.strictObject({
  provider: ProviderName,
  intent: z.enum(['sign-in', 'link', 'step-up']),
  next: line(2000).optional(),
})
export type StartIdentity = z.output<typeof StartIdentity>

/** Where to send the browser. */
export const ProviderRedirect = z.object({ url: z.string() })
export type ProviderRedirect = z.output<typeof ProviderRedirect>

export const IdentityById = z.strictObject({ id: Id })
export type IdentityById = z.output<typeof IdentityById>

/** An account elsewhere that the caller signs in with. */
export const IdentityView = z.object({
  id: Id,
  provider: z.string(),
  providerLabel: z.string(),
  label: z.string(),
  createdAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
})
export type IdentityView = z.output<typeof IdentityView>

export const IdentityList = z.object({ items: z.array(IdentityView) })
export type IdentityList = z.output<typeof IdentityList>

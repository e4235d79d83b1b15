import type { IdentityProvider } from '@galley/auth/identity-providers'
import type { Queryable } from '@galley/db/client'
import { identities, users } from '@galley/db/schema'
import { and, asc, eq } from 'drizzle-orm'
import type { AppDeps } from '../ctx.ts'
import { AppError } from '../errors.ts'

export type IdentityRow = typeof identities.$inferSelect

/** The identity and whose it is, by what never changes: the provider and its subject. */
export async function findIdentity(db: Queryable, provider: string, subject: string) {
  const [row] = await db
    .select({ identity: identities, user: users })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(and(eq(identities.provider, provider), eq(identities.subject, subject)))
  return row ?? null
}

export const listIdentitiesOf = (db: Queryable, userId: string): Promise<IdentityRow[]> =>
  db.select().from(identities).where(eq(identities.userId, userId)).orderBy(asc(identities.id))

type Providers = Pick<AppDeps, 'identityProviders'>

export const findProvider = ({ identityProviders }: Providers, name: string) =>
  identityProviders.find((provider) => provider.name === name)

/** Throws `identity/provider-unknown`. */
export function getProvider(providers: Providers, name: string): IdentityProvider {
  const provider = findProvider(providers, name)
  if (!provider) throw new AppError('identity/provider-unknown')
  return provider
}

import type { IdentityProvider } from '@galley/auth/identity-providers'
import type { AppDeps } from '../ctx.ts'
import { AppError } from '../errors.ts'

type Providers = Pick<AppDeps, 'identityProviders'>

export const findProvider = ({ identityProviders }: Providers, name: string) =>
  identityProviders.find((provider) => provider.name === name)

/** Throws `identity/provider-unknown`. */
export function getProvider(providers: Providers, name: string): IdentityProvider {
  const provider = findProvider(providers, name)
  if (!provider) throw new AppError('identity/provider-unknown')
  return provider
}

import type { ErrorReason } from '@galley/contract/errors'
import { HttpError } from '@galley/http/error'
import { AuthorizationResponseError, ResponseBodyError } from 'openid-client'

/** The person did not let the provider tell who they are. */
class IdentityDenied extends Error {
  override readonly name = 'IdentityDenied'
  readonly code = 'identity/denied' satisfies ErrorReason
}

/**
 * The provider did not respond, or not as it should. Without a cause: the library's errors hold responses, and with them
 * codes and tokens.
 */
class IdentityProviderFailed extends Error {
  override readonly name = 'IdentityProviderFailed'
  readonly code = 'identity/provider-failed' satisfies ErrorReason
}

/** Does `work` at a provider; whatever goes wrong becomes one of the two errors above. */
export async function atProvider<Result>(
  provider: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AuthorizationResponseError && error.error === 'access_denied') {
      throw new IdentityDenied(`${provider}: access_denied`)
    }
    throw new IdentityProviderFailed(`${provider}: ${problemOf(error)}`)
  }
}

/** A word for what went wrong, out of fixed sets: nothing that the other side could choose freely. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if (error instanceof HttpError) return error.kind
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return /^[a-z_]{1,40}$/.test(error.error) ? error.error : 'error'
  }
  if (error.cause instanceof HttpError) return error.cause.kind
  const code: unknown = Reflect.get(error, 'code')
  return typeof code === 'string' && /^[A-Z_]{1,60}$/.test(code) ? code : error.name
}

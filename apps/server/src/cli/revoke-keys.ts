import type { AppDeps } from '@galley/api/ctx'
import { operatorCtx, UsageError } from './command.ts'

/** The drill for a signing key that leaked. */
export function revokeKeysCommand(args: string[]): (deps: AppDeps) => Promise<string> {
  if (args.length > 0) throw new UsageError('keys revoke takes no arguments.')
  return async (deps) => {
    const { revokeSigningKeys } = await import('@galley/platform/tokens/signing-keys')
    const { kid } = await revokeSigningKeys(operatorCtx(deps))
    return `Every access token has ended. ${kid} signs from now on.`
  }
}

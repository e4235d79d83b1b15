import { operatorCtx, takesNoArguments, type Command } from './command.ts'

/** The drill for a signing key that leaked. */
export const revokeKeys: Command = {
  name: 'keys revoke',
  about: 'keys revoke ends every access token at once: for a signing key that leaked.',
  create(args) {
    takesNoArguments(this.name, args)
    return async (deps) => {
      const { revokeSigningKeys } = await import('@galley/platform/tokens/signing-keys')
      const { kid } = await revokeSigningKeys(operatorCtx(deps))
      return `Every access token has ended. ${kid} signs from now on.`
    }
  },
}

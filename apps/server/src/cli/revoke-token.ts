import { text } from 'node:stream/consumers'
import { BootError } from '../boot-error.ts'
import { operatorCtx, takesNoArguments, type Command } from './command.ts'

/** For a token that was found where it should not be. */
export const revokeToken: Command = {
  name: 'tokens revoke',
  about:
    'tokens revoke reads a token from standard input and ends it, whether personal or of a program that is signed in, and says whose it was.',
  create(args) {
    takesNoArguments(this.name, args)
    return async (deps) => {
      const token = (await text(process.stdin)).trim()
      const { revokeLeakedToken } = await import('@galley/platform/tokens/leaked')
      const revoked = await revokeLeakedToken(operatorCtx(deps), token)
      if (!revoked) throw new BootError('This token lets nobody in, or no longer.')
      const what = revoked.kind === 'personal' ? 'The personal token' : 'The sign-in of the program'
      return `${what} of the account ${revoked.userId} has ended. "Audit" shows what was done with it.`
    }
  },
}

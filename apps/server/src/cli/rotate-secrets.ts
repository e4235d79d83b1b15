import { operatorCtx, takesNoArguments, type Command } from './command.ts'

/** What a job does every night, now. */
export const rotateSecrets: Command = {
  name: 'secrets rotate',
  about:
    'secrets rotate encrypts with the first of ENCRYPTION_KEYS what was encrypted with another one; the server may run.',
  create(args) {
    takesNoArguments(this.name, args)
    return async (deps) => {
      const { rotateSecrets: rotate } = await import('@galley/platform/secrets/rotate')
      const { rotated, unreadable } = await rotate(operatorCtx(deps))
      const message = `${rotated} secrets encrypted with the first key.`
      if (unreadable === 0) return message
      return { message: `${message} ${unreadable} are of a key that is not there.`, exitCode: 1 }
    }
  },
}

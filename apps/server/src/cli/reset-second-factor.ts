import { ByEmail } from '@galley/contract/platform/users'
import { BootError } from '../boot-error.ts'
import { confirm } from './ask.ts'
import { operatorCtx, parseInput, parseOptions, type Command } from './command.ts'

/** For the only admin who has lost theirs: the others ask an admin. */
export const resetSecondFactor: Command = {
  name: 'second-factor reset',
  forms: ['--email <address> [--yes]'],
  about: `second-factor reset takes the second factor of an account away, for somebody who lost it and whom no admin can help. They are
signed out everywhere. Asks first, unless --yes is given.`,
  create(args) {
    const { email, yes } = parseOptions(args, {
      email: { type: 'string' },
      yes: { type: 'boolean', default: false },
    })
    const input = parseInput(ByEmail, { email })
    return async (deps) => {
      const question = `Reset the second factor of ${input.email}, and sign them out everywhere?`
      if (!yes && !(await confirm(question, process.stdin, process.stderr))) {
        throw new BootError('Nothing was changed.')
      }
      const { resetLostSecondFactor } = await import('@galley/platform/users/operator')
      await resetLostSecondFactor(operatorCtx(deps), input)
      return `${input.email} signs in without a second factor now, and must set up another one before anything else.`
    }
  },
}

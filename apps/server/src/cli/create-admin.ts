import { ByEmail, CreateUser, Password } from '@galley/contract/platform/users'
import type { AppDeps } from '@galley/api/ctx'
import { AppError } from '@galley/platform/errors'
import { BootError } from '../boot-error.ts'
import { operatorCtx, parseInput, parseOptions, type Command } from './command.ts'
import { readPassword } from './ask.ts'

export const createAdmin: Command = {
  name: 'admin create',
  forms: [
    '--email <address> --username <name> [--name <display name>]',
    '--email <address> --promote',
  ],
  about: `admin create makes an account that is admin, or with --promote an existing account admin. The password is asked for, or
read from standard input where that is not a terminal.`,
  create: createAdminCommand,
}

function createAdminCommand(args: string[]): (deps: AppDeps) => Promise<string> {
  const { email, username, name, promote } = parseOptions(args, {
    email: { type: 'string' },
    username: { type: 'string' },
    name: { type: 'string' },
    promote: { type: 'boolean', default: false },
  })
  if (promote) {
    const input = parseInput(ByEmail, { email })
    return (deps) => makeAdmin(deps, input)
  }
  const account = { email, username, displayName: name ?? username }
  const { email: address } = parseInput(CreateUser.omit({ password: true }), account)
  return async (deps) => {
    const password = await readPassword(process.stdin, process.stderr)
    const [problem] = Password.safeParse(password).error?.issues ?? []
    if (problem) throw new BootError(`The password: ${problem.message}`)
    const users = await import('@galley/platform/users/operator')
    const created = await users.createAdmin(
      operatorCtx(deps),
      parseInput(CreateUser, { ...account, password }),
    )
    if (created) return `${address} is admin.`
    throw new BootError('There is an account with this address. --promote makes it admin.')
  }
}

async function makeAdmin(deps: AppDeps, input: ByEmail) {
  const { promoteToAdmin } = await import('@galley/platform/users/operator')
  await promoteToAdmin(operatorCtx(deps), input).catch((error: unknown) => {
    const isUnverified = error instanceof AppError && error.reason === 'session/email-unverified'
    throw isUnverified ? new BootError('The address of this account is not verified yet.') : error
  })
  return `${input.email} is admin.`
}

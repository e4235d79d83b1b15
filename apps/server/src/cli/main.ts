import { readEnv } from '../env.ts'
import { createAdminCommand } from './create-admin.ts'
import { problemOf, UsageError } from './problem.ts'

const usage = `Usage: pnpm galley admin create --email <address> --username <name> [--name <display name>]
       pnpm galley admin create --email <address> --promote

Makes an account that is admin, or with --promote an existing account admin. The password is asked for, or read from
standard input where that is not a terminal. Reads the environment as the server does.
`

const [noun, verb, ...args] = process.argv.slice(2)
try {
  if (noun !== 'admin' || verb !== 'create') throw new UsageError('There is no such command.')
  const command = createAdminCommand(args)
  const env = readEnv()
  // Loaded when needed only: what is wrong with a command is told at once.
  const { createDeps } = await import('../deps.ts')
  await using deps = createDeps(env)
  process.stdout.write(`${await command(deps.domain)}\n`)
} catch (error) {
  const isUsage = error instanceof UsageError
  process.stderr.write(`galley: ${problemOf(error)}\n${isUsage ? usage : ''}`)
  process.exitCode = isUsage ? 2 : 1
}

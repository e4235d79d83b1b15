import { readEnv } from '../env.ts'
import { withTls } from '../env/addresses.ts'
import { createAdminCommand } from './create-admin.ts'
import { problemOf, UsageError } from './command.ts'
import { revokeKeysCommand } from './revoke-keys.ts'

const usage = `Usage: pnpm galley admin create --email <address> --username <name> [--name <display name>]
       pnpm galley admin create --email <address> --promote
       pnpm galley keys revoke

admin create makes an account that is admin, or with --promote an existing account admin. The password is asked for, or
read from standard input where that is not a terminal. keys revoke ends every access token at once: for a signing key
that leaked. Both read the environment as the server does.
`

const commands = new Map([
  ['admin create', createAdminCommand],
  ['keys revoke', revokeKeysCommand],
])

const [noun, verb, ...args] = process.argv.slice(2)
try {
  const create = commands.get(`${noun} ${verb}`)
  if (!create) throw new UsageError('There is no such command.')
  const command = create(args)
  const env = readEnv()
  // Loaded when needed only: what is wrong with a command is reported at once.
  const { createDeps } = await import('../deps.ts')
  await using deps = createDeps({ ...env, DATABASE_URL: withTls(env.DATABASE_URL) })
  process.stdout.write(`${await command(deps.domain)}\n`)
} catch (error) {
  const isUsage = error instanceof UsageError
  process.stderr.write(`galley: ${problemOf(error)}\n${isUsage ? usage : ''}`)
  process.exitCode = isUsage ? 2 : 1
}

import { keepCompiled } from '../compile-cache.ts'
import { readOperatorEnv } from '../env.ts'
import { problemOf, usageOf, UsageError } from './command.ts'
import { backup, createBackupKey } from './backup.ts'
import { createAdmin } from './create-admin.ts'
import { rebuildSearch } from './publishing/rebuild-search.ts' // publishing
import { repairCounters } from './publishing/repair-counters.ts' // publishing
import { beginMaintenance, endMaintenance } from './maintenance.ts'
import { resetSecondFactor } from './reset-second-factor.ts'
import { restore } from './restore.ts'
import { revokeKeys } from './revoke-keys.ts'
import { revokeToken } from './revoke-token.ts'
import { rotateSecrets } from './rotate-secrets.ts'

const commands = [
  createAdmin,
  resetSecondFactor,
  revokeKeys,
  beginMaintenance,
  endMaintenance,
  revokeToken,
  rotateSecrets,
  createBackupKey,
  backup,
  restore,
  repairCounters, // publishing
  rebuildSearch, // publishing
]

keepCompiled()
const [noun, verb = '', ...rest] = process.argv.slice(2)
if (noun === undefined || noun === 'help' || noun === '--help') {
  process.stdout.write(usageOf(commands))
  process.exit()
}
try {
  const named = (wanted: string) => commands.find(({ name }) => name === wanted)
  const found = named(`${noun} ${verb}`)
  const short = named(noun)
  const command = found?.create(rest) ?? short?.create(process.argv.slice(3))
  if (!command) throw new UsageError('There is no such command.')
  const env = readOperatorEnv()
  // Loaded when needed only: what is wrong with a command is reported at once.
  const { createDeps } = await import('../deps.ts')
  await using deps = createDeps(env)
  const outcome = await command(deps.domain, env)
  const { message, exitCode } =
    typeof outcome === 'string' ? { message: outcome, exitCode: 0 } : outcome
  process.stdout.write(`${message}\n`)
  process.exitCode = exitCode
} catch (error) {
  const isUsage = error instanceof UsageError
  process.stderr.write(`galley: ${problemOf(error)}\n${isUsage ? usageOf(commands) : ''}`)
  process.exitCode = isUsage ? 2 : 1
}

import { readEnv } from '../env.ts'
import { withTls } from '../env/addresses.ts'
import { problemOf, usageOf, UsageError } from './command.ts'
import { createAdmin } from './create-admin.ts'
import { rebuildSearch } from './publishing/rebuild-search.ts' // publishing
import { repairCounters } from './publishing/repair-counters.ts' // publishing
import { beginMaintenance, endMaintenance } from './maintenance.ts'
import { resetSecondFactor } from './reset-second-factor.ts'
import { revokeKeys } from './revoke-keys.ts'

const commands = [
  createAdmin,
  resetSecondFactor,
  revokeKeys,
  beginMaintenance,
  endMaintenance,
  repairCounters, // publishing
  rebuildSearch, // publishing
]

const [noun, verb, ...args] = process.argv.slice(2)
try {
  const found = commands.find(({ name }) => name === `${noun} ${verb}`)
  if (!found) throw new UsageError('There is no such command.')
  const command = found.create(args)
  const env = readEnv()
  // Loaded when needed only: what is wrong with a command is reported at once.
  const { createDeps } = await import('../deps.ts')
  await using deps = createDeps({ ...env, DATABASE_URL: withTls(env.DATABASE_URL) })
  process.stdout.write(`${await command(deps.domain)}\n`)
} catch (error) {
  const isUsage = error instanceof UsageError
  process.stderr.write(`galley: ${problemOf(error)}\n${isUsage ? usageOf(commands) : ''}`)
  process.exitCode = isUsage ? 2 : 1
}

import { requireRestored } from '@galley/db/migrate'
import { prepareDatabase } from '@galley/db/prepare'
import { readEnv } from './env.ts'
import { withTls } from './env/addresses.ts'
import { BootError } from './boot-error.ts'
import { bootOrExit } from './lifecycle.ts'

// `pnpm migrate`: roles, migrations and rights. Before a new version of the server starts.
await bootOrExit(async () => {
  const { DATABASE_URL, DATABASE_DIRECT_URL, MIGRATION_DATABASE_URL } = readEnv()
  if (!MIGRATION_DATABASE_URL) throw new BootError('MIGRATION_DATABASE_URL is missing.')
  // An operator's password, whatever NODE_ENV says.
  const migrationUrl = withTls(MIGRATION_DATABASE_URL)
  await requireRestored(migrationUrl)
  const { applied } = await prepareDatabase({
    migrationUrl,
    appUrl: DATABASE_URL,
    isPooled: DATABASE_DIRECT_URL !== undefined,
  })
  process.stdout.write(`${applied} migrations applied; roles and rights are in order.\n`)
})

import { requireRestored } from '@galley/db/migrate'
import { prepareDatabase } from '@galley/db/prepare'
import { readOperatorEnv } from './env.ts'
import { preparationOf } from './env/database.ts'
import { bootOrExit } from './lifecycle.ts'

// `pnpm migrate`: roles, migrations and rights. Before a new version of the server starts.
await bootOrExit(async () => {
  const preparation = preparationOf(readOperatorEnv())
  await requireRestored(preparation.migrationUrl)
  const { applied } = await prepareDatabase(preparation)
  process.stdout.write(`${applied} migrations applied; roles and rights are in order.\n`)
})

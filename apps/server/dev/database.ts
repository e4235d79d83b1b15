import { fileURLToPath } from 'node:url'
import { createDb } from '@galley/db/client'
import { startCluster } from '@galley/db/embedded'
import { migrate } from '@galley/db/migrate'
import { users } from '@galley/db/schema'
import type { AtEnd } from './lifetime.ts'

const dataDir = fileURLToPath(new URL('../../../.galley/postgres', import.meta.url))

/**
 * The address of a database that is up to date: `given`, or one in a PostgreSQL of our own. What has to be stopped
 * later goes to `atEnd` before it has started, so that an interruption leaves nothing behind.
 */
export async function openDatabase(given: string | undefined, atEnd: AtEnd): Promise<string> {
  const url = given ?? (await startOwn(atEnd))
  await migrate(url)
  return url
}

/** Fills an empty database with the demonstration publication. */
export async function fillDatabase(url: string): Promise<void> {
  if (!(await isEmpty(url))) return
  // Loaded when needed only: the domain takes a while to load, and the servers are starting meanwhile.
  const [{ createDeps }, { seed }] = await Promise.all([
    import('../src/deps.ts'),
    import('./seed/seed.ts'),
  ])
  await using deps = createDeps({
    DATABASE_URL: url,
    DATABASE_POOL_MAX: 2,
    RATE_LIMIT_PER_MINUTE: 1,
  })
  await seed(deps.domain)
}

async function isEmpty(url: string) {
  await using database = createDb(url, { max: 1 })
  return (await database.db.$count(users)) === 0
}

async function startOwn(atEnd: AtEnd) {
  const starting = startCluster({ dataDir })
  atEnd(async () => {
    const cluster = await starting.catch(() => undefined)
    await cluster?.stop()
  })
  const cluster = await starting
  return cluster.ensureDatabase('galley')
}

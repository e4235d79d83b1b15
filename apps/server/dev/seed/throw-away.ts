import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCluster } from '@galley/embedded-postgres'
import { prepareDatabase } from '@galley/db/prepare'
import { createDeps } from '../../src/deps.ts'
import { parseEnv } from '../../src/env.ts'
import { appUrlOf } from '../services.ts'
import { seed } from './seed.ts'

export type SeededDatabase = AsyncDisposable & {
  appUrl: string
  /** Of the operator, who may do anything. */
  migrationUrl: string
  postgresPid: number
}

/** The demonstration publication in a PostgreSQL of its own, which is removed at the end. */
export async function startSeededDatabase(encryptionKeys: string): Promise<SeededDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'galley-seeded-'))
  const cluster = await startCluster({ dataDir: join(folder, 'postgres'), durable: false })
  const migrationUrl = await cluster.ensureDatabase('galley')
  const appUrl = appUrlOf(migrationUrl)
  await prepareDatabase({ migrationUrl, appUrl })
  await using deps = createDeps(
    parseEnv({ DATABASE_URL: appUrl, DATABASE_POOL_MAX: '2', ENCRYPTION_KEYS: encryptionKeys }),
  )
  await seed(deps.domain)
  return {
    appUrl,
    migrationUrl,
    postgresPid: cluster.pid,
    async [Symbol.asyncDispose]() {
      await cluster.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

import { join } from 'node:path'
import { mkdtemp, chmod, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { createDb } from '@galley/db/client'
import { startStandby } from '@galley/embedded-postgres/standby'
import type { Trial, World } from '../../trials/trial.ts'
import { breakSite } from '../outage.ts'
import { startProxy } from '../proxy.ts'
import { startSite, type Site } from '../site.ts'
import { withoutDatabase } from '../watch.ts'

/** PostgreSQL is shut down, its standby promoted, and the address that servers know leads there from now on: none is restarted. */
export const trial: Trial = {
  title: 'A standby takes over',
  async run(world) {
    const proxy = await startProxy(world, { port: 1 })
    const site = await startSite(world, {
      env: ({ database }) => {
        const url = new URL(database.appUrl)
        proxy.lead({ host: url.hostname, port: Number(url.port) })
        return { DATABASE_URL: onPort(database.appUrl, proxy.port) }
      },
    })
    const standby = await copy(world, site)
    const database = {
      ...site.database,
      appUrl: onPort(site.database.appUrl, standby.port),
      migrationUrl: onPort(site.database.migrationUrl, standby.port),
    }
    return breakSite(world, { ...site, database }, [
      {
        name: 'the primary shut down, the standby promoted',
        forMs: 2_000,
        // It sends the standby all that it has before it ends.
        begin: site.database.stop,
        async end() {
          await using operator = createDb(standby.url(), { max: 1, statementTimeoutMs: 60_000 })
          await operator.sql`select pg_promote()`
          proxy.lead({ host: '127.0.0.1', port: standby.port })
        },
        shows: withoutDatabase,
      },
    ])
  },
}

const onPort = (url: string, port: number) =>
  Object.assign(new URL(url), { port: String(port) }).href

async function copy({ ending }: World, { database: { cluster } }: Site) {
  const folder = await mkdtemp(join(tmpdir(), 'galley-standby-'))
  ending.defer(() => rm(folder, { recursive: true, force: true }))
  await chmod(folder, 0o711)
  return ending.use(await startStandby(cluster, { dataDir: join(folder, 'postgres') }))
}

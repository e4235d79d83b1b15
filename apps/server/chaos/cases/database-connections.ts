import { setTimeout as sleep } from 'node:timers/promises'
import { createDb } from '@galley/db/client'
import postgres, { type Sql } from 'postgres'
import type { SeededDatabase } from '../../dev/seed/throw-away.ts'
import type { Trial } from '../../trials/trial.ts'
import { breakSite } from '../outage.ts'
import { startSite } from '../site.ts'
import { withoutDatabase } from '../watch.ts'

/** Others take all connections that PostgreSQL has, and the server loses those that it had. */
export const trial: Trial = {
  title: 'PostgreSQL has no connections left',
  async run(world) {
    const site = await startSite(world)
    let others: Others | undefined
    world.ending.defer(() => others?.leave())
    return breakSite(world, site, [
      {
        name: 'no connections',
        times: world.short ? 1 : 3,
        forMs: 5_000,
        async begin() {
          others = await takeConnections(site.database)
        },
        end: () => others?.leave(),
        shows: withoutDatabase,
      },
    ])
  },
}

type Others = { leave(): Promise<void> }

/** Takes each connection as soon as it is free, also those that the server has. */
async function takeConnections({ appUrl, migrationUrl }: SeededDatabase): Promise<Others> {
  const operator = createDb(migrationUrl, { max: 1, silenceTimeoutMs: 0 })
  const taken: Sql[] = []
  const over = new AbortController()
  const taking = Promise.all([...Array.from({ length: 4 }, take), endOthers()])
  return {
    async leave() {
      over.abort()
      await taking
      await Promise.all([...taken.map((each) => each.end({ timeout: 1 })), operator.close()])
    },
  }

  async function take() {
    while (!over.signal.aborted) {
      const sql = postgres(appUrl, { max: 1, onnotice: () => {} })
      const isTaken = await sql`select 1`.then(
        () => true,
        () => false,
      )
      if (isTaken) taken.push(sql)
      else {
        await sql.end({ timeout: 1 })
        await sleep(10)
      }
    }
  }

  async function endOthers() {
    while (!over.signal.aborted) {
      await operator.sql`
        select pg_terminate_backend(pid) from pg_stat_activity where starts_with(application_name, 'galley-')`
      await sleep(200)
    }
  }
}

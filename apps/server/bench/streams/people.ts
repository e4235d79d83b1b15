import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { createDb } from '@galley/db/client'
import { prepareDatabase } from '@galley/db/prepare'
import { startCluster } from '@galley/embedded-postgres'
import { EVENTS_CHANNEL } from '@galley/platform/events/announcer'
import { appUrlOf } from '../../dev/services.ts'
import { benchDir } from '../publishing/data/database.ts'

/** Somebody who watches, with a session of their own. */
export type Watcher = { userId: string; cookie: string }

/** People with sessions in a PostgreSQL of their own, and what happens to them. */
export async function openPeople(count: number) {
  const cluster = await startCluster({ dataDir: `${benchDir}/streams` })
  const migrationUrl = await cluster.ensureDatabase('streams')
  const appUrl = appUrlOf(migrationUrl)
  await prepareDatabase({ migrationUrl, appUrl })
  const database = createDb(appUrl, { max: 2 })
  const { sql } = database
  const people = Array.from({ length: count }, () => ({
    userId: randomUUIDv7(),
    token: randomBytes(32).toString('base64url'),
  }))
  const ids = people.map(({ userId }) => userId)
  await sql`
    insert into users (id, email, username, display_name, role, email_verified_at)
    select id, id || '@example.com', 'p' || right(replace(id::text, '-', ''), 20), 'Somebody', 'reader', now()
    from unnest(${ids}::uuid[]) as person (id)`
  await sql`
    insert into sessions (id, user_id, expires_at, absolute_expires_at)
    select id, user_id, now() + interval '1 day', now() + interval '1 day'
    from unnest(${people.map(({ token }) => hashOf(token))}::text[], ${ids}::uuid[]) as session (id, user_id)`
  return {
    appUrl,
    watchers: people.map(({ userId, token }): Watcher => ({
      userId,
      cookie: `galley-session=${token}`,
    })),
    /** Something happens to these people, each at once; resolves when it is committed, and all processes are notified. */
    async happen(userIds: string[]) {
      const events = userIds.map(() => randomUUIDv7())
      await sql`
        insert into outbox (id, event, payload, request_id)
        select id, 'user.profile-updated', jsonb_build_object('userId', user_id), 'bench'
        from unnest(${events}::uuid[], ${userIds}::uuid[]) as event (id, user_id)`
      const committed = performance.now()
      // As a process does, which collects for 20 ms what it tells of.
      await new Promise((resolve) => setTimeout(resolve, 20))
      await sql`select pg_notify(${EVENTS_CHANNEL}, '')`
      return committed
    },
    async [Symbol.asyncDispose]() {
      await sql`delete from users where id = any(${ids}::uuid[])`
      await database.close(1)
      await cluster.stop()
    },
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

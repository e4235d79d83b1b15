import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDb } from '@galley/db/client'
import { until } from '../../bench/publishing/scale/processes.ts'
import { post } from '../../trials/calls.ts'
import type { Site } from './site.ts'
import type { Writer } from './writes.ts'

/** Calls as the page of somebody does; returns what came back. */
export async function call(
  site: Site,
  { cookie }: Writer,
  path: string,
  input: object,
  key = randomUUID(),
) {
  for (;;) {
    const headers = { cookie, 'sec-fetch-site': 'same-origin', 'idempotency-key': key }
    const response = await post(site, `/trpc/${path}`, input, headers)
    const text = await response.text()
    if (response.ok) return JSON.parse(text).result.data
    if (response.status !== 503) throw new Error(`${path}: ${text}`)
    await sleep(200)
  }
}

/** An article that is to be published at that time; its id. */
export async function schedule(site: Site, writer: Writer, time: number): Promise<string> {
  const title = `Scheduled ${randomUUID()}`
  const { id, version } = await call(site, writer, 'articles.create', { title, body: title })
  const at = new Date(time).toISOString()
  await call(site, writer, 'articles.schedule', { id, version, action: 'publish', at, zone: 'UTC' })
  return id
}

/** Resolves when all of them are; after three minutes in any case. */
export async function untilPublished({ database: { migrationUrl } }: Site, ids: string[]) {
  await using database = createDb(migrationUrl, { max: 1 })
  await until(async () => {
    const found = await database.sql`
      select from articles where id = any(${ids}::uuid[]) and status = 'published'`
    return found.length === ids.length
  }, 180_000).catch(() => {})
}

/** How many of them were not published, or more than once. */
export async function notOnce({ database: { migrationUrl } }: Site, ids: string[]) {
  await using database = createDb(migrationUrl, { max: 1 })
  const rows = await database.sql`
    select wanted.id from unnest(${ids}::uuid[]) as wanted (id)
    left join outbox on event = 'article.published' and payload ->> 'articleId' = wanted.id::text
    group by wanted.id having count(outbox.event) <> 1`
  return rows.length
}

/** In which the timetable has left a job twice. */
export async function doubledMinutes({ database: { migrationUrl } }: Site) {
  await using database = createDb(migrationUrl, { max: 1 })
  const rows = await database.sql<{ minute: string }[]>`
    select date_trunc('minute', created_on)::text as minute from pgboss.job
    where name = 'notifications.send' group by 1 having count(*) > 1`
  return rows.map(({ minute }) => minute)
}

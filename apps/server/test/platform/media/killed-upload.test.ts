import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { media } from '@galley/db/schema'
import { systemCtx } from '@galley/platform/ctx'
import { deleteOrphans } from '@galley/platform/media/sweep'
import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { startServer } from '../../server-process.ts'
import { useWorker } from '../../worker.ts'
import { formOf } from './form.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'galley-killed-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What goes on after the crash: another process on the same database and folder. */
const on = useApp({ MEDIA_FOLDER: folder })
useWorker(on)

const files = async () =>
  (await readdir(path.join(folder, 'media'), { recursive: true }).catch(() => [])).filter((name) =>
    name.includes('upload'),
  )

test(
  'kill -9 between the storage and the commit leaves neither bytes nor room taken',
  { timeout: 60_000 },
  async () => {
    await on.database.asOperator((sql) =>
      sql`
      create function slow_media() returns trigger language plpgsql
        as 'begin perform pg_sleep(3); return null; end';
      create constraint trigger slow_media after update on media deferrable initially deferred
        for each row when (new.state = 'quarantined') execute function slow_media();
    `.simple(),
    )
    const person = await signUp(on)
    const cookie = person.cookie.replace('__Host-', '')
    const server = await startServer({ DATABASE_URL: on.database.url, MEDIA_FOLDER: folder })
    const sent = fetch(`${server.origin}/api/v1/media`, {
      method: 'POST',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
      body: formOf(),
    }).catch(() => null)
    await expect.poll(files, { timeout: 20_000 }).toHaveLength(1)
    await sleep(300)
    server.kill('SIGKILL')
    await Promise.all([sent, server.exit])

    const stateOf = async () => {
      const [row] = await on.database.db.select().from(media).where(eq(media.ownerId, person.id))
      return row?.state
    }
    expect(await stateOf()).toBe('uploading')
    await on.database.sql`update media set updated_at = now() - interval '61 minutes'`
    await deleteOrphans(systemCtx(on.deps.domain))
    expect(await stateOf()).toBeUndefined()
    await expect.poll(files, { timeout: 20_000 }).toEqual([])
    const [usage] = await on.database
      .sql`select bytes::int from media_usage where owner_id = ${person.id}`
    expect(usage).toEqual({ bytes: 0 })
  },
)

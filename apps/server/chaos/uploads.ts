import { setTimeout as sleep } from 'node:timers/promises'
import { createDb } from '@galley/db/client'
import { formOf } from '../test/platform/media/form.ts'
import type { Site } from './site.ts'

type State = { id: string; state: string; reason: string | null }

/** What somebody does with files, while it may fail. */
export function createUploads({ publicOrigin: origin, owner, database }: Site) {
  const headers = { cookie: owner.cookie, origin, 'sec-fetch-site': 'same-origin' }
  const taken: string[] = []

  return {
    /** The ids of files that were acknowledged. */
    taken,
    /** Sends one; its status. */
    async send(file: { content?: Uint8Array; name?: string; type?: string } = {}): Promise<number> {
      const body = formOf({ ...file, fields: { alt: 'A colour' } })
      const response = await fetch(`${origin}/api/v1/media`, { method: 'POST', headers, body })
      const text = await response.text()
      if (response.ok) taken.push(JSON.parse(text).id)
      return response.status
    },
    async open(id: string): Promise<number> {
      const response = await fetch(`${origin}/media/${id}`, { headers })
      await response.arrayBuffer()
      return response.status
    },
    /** Of all that were acknowledged. */
    async states(): Promise<State[]> {
      await using operator = createDb(database.migrationUrl, { max: 1 })
      return await operator.sql<State[]>`
        select id, state, reason from media where id = any(${taken}::uuid[]) order by id`
    },
    /** How many rows there are that belong to no acknowledged file, but for the picture that was there before. */
    async countOthers(): Promise<number> {
      await using operator = createDb(database.migrationUrl, { max: 1 })
      const rows = await operator.sql`
        select from media
        where id <> all(${taken}::uuid[]) and (state <> 'ready' or owner_id is null)`
      return rows.length
    },
    /** Of the files in the store: those that no row knows. */
    async unknown(paths: string[]): Promise<string[]> {
      await using operator = createDb(database.migrationUrl, { max: 1 })
      const rows = await operator.sql<{ prefix: string }[]>`
        select storage_prefix as prefix from media where state <> 'refused'`
      return paths.filter((path) => !rows.some(({ prefix }) => path.includes(prefix)))
    },
    /** Waits until no file is being looked at. */
    async settle(patienceMs: number): Promise<void> {
      const deadline = performance.now() + patienceMs
      for (;;) {
        const left = (await this.states()).filter(
          ({ state }) => state !== 'ready' && state !== 'refused',
        )
        if (left.length === 0) return
        if (performance.now() > deadline)
          throw new Error(`Files still wait: ${JSON.stringify(left)}`)
        await sleep(250)
      }
    },
  }
}

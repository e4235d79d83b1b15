import { createHash } from 'node:crypto'
import type { Database } from '@galley/db/client'
import { userId } from './ids.ts'

const COUNT = 5_000
const DAY_MS = 24 * 60 * 60 * 1000

/** The token of a session, which the measurements send as a cookie; session `n` is that of user `n + 1`. */
export const sessionToken = (n: number) => `bench-session-${n % COUNT}`.padEnd(43, '-')

/** Sessions as of a sign-in just now: what the data set keeps would be over by the next run. */
export async function renewSessions(sql: Database['sql']) {
  const now = new Date()
  const rows = Array.from({ length: COUNT }, (_, n) => ({
    id: createHash('sha256').update(sessionToken(n)).digest('hex'),
    user_id: userId(n + 1),
    expires_at: new Date(now.getTime() + 14 * DAY_MS).toISOString(),
    absolute_expires_at: new Date(now.getTime() + 30 * DAY_MS).toISOString(),
  }))
  await sql`delete from sessions`
  await sql`insert into sessions ${sql(rows)}`
}

import { chmodSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createDb } from '@galley/db/client'
import { until } from '../../bench/publishing/scale/processes.ts'

// Where Debian's `faketime` puts it, by the name of the machine's kind.
const LIBRARY = ['x86_64', 'aarch64']
  .map((kind) => `/usr/lib/${kind}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((file) => existsSync(file))

export const noFakeClock = LIBRARY === undefined

/** The clock of programs that are started with `env`, which can be set while they run. */
export function createClock() {
  const folder = mkdtempSync(path.join(tmpdir(), 'galley-clock-'))
  // PostgreSQL has an account of its own.
  chmodSync(folder, 0o755)
  const file = path.join(folder, 'offset')
  let offset = 0
  writeFileSync(file, '+0')
  return {
    env: {
      LD_PRELOAD: LIBRARY ?? '',
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      // As a set clock does: what measures durations goes on.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    now: () => new Date(Date.now() + offset * 1_000),
    /** Sets it so many seconds ahead of the right time; resolves when one of the programs shows it. */
    async set(seconds: number, shown: () => Promise<Date>) {
      offset = seconds
      writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}`)
      await until(async () => {
        const ahead = (await shown()).getTime() - Date.now()
        return Math.abs(ahead - seconds * 1_000) < 60_000
      })
      // The other processes have looked by then.
      await new Promise((resolve) => setTimeout(resolve, 1_500))
    },
  }
}

/** What time a server has. */
export const shownBy = (origin: string) => async () => {
  const response = await fetch(`${origin}/health/live`)
  await response.body?.cancel()
  return new Date(response.headers.get('date') ?? '')
}

/** What time a database has. */
export const shownByDatabase = (url: string) => async () => {
  await using database = createDb(url, { max: 1 })
  const [row] = await database.sql<{ ms: number }[]>`
    select extract(epoch from clock_timestamp())::float8 * 1000 as ms`
  return new Date(row?.ms ?? Number.NaN)
}

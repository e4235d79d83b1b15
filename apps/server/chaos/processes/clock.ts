import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { until } from '../../bench/publishing/scale/processes.ts'

// Where Debian's `faketime` puts it, by the name of the machine's kind.
const LIBRARY = ['x86_64', 'aarch64']
  .map((kind) => `/usr/lib/${kind}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((file) => existsSync(file))

export const noFakeClock = LIBRARY === undefined

/** The clock of programs that are started with `env`, which can be set while they run; that of the database stays right. */
export function createClock() {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'galley-clock-')), 'offset')
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
    /** Sets it so many seconds ahead of the right time; resolves when the server at `origin` shows it. */
    async set(seconds: number, origin: string) {
      offset = seconds
      writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}`)
      await until(async () => {
        const response = await fetch(`${origin}/health/live`)
        await response.body?.cancel()
        const shown = Date.parse(response.headers.get('date') ?? '') - Date.now()
        return Math.abs(shown - seconds * 1_000) < 60_000
      })
      // The other processes have looked by then.
      await new Promise((resolve) => setTimeout(resolve, 1_500))
    },
  }
}

import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { searchPath } from './env.ts'

/** The first program of this name on the PATH, or where Debian keeps servers, which few have on theirs. */
export const findProgram = (name: string): string | undefined =>
  [...searchPath.split(path.delimiter), '/usr/sbin']
    .map((folder) => path.join(folder, name))
    .find(isExecutable)

/** Programs of Debian that some tests need; `.ci/programs` installs all of them. */
export const optionalPrograms = [
  'redis-server',
  'nginx',
  'clamd',
  'pgbouncer',
  'promtool',
  'caddy',
  'systemd-analyze',
  'pg_dump',
] as const

/** Those that are not here. */
export const missingPrograms = optionalPrograms.filter((name) => findProgram(name) === undefined)

/** Behind the name of a `describe.skipIf(...)`: says why it was skipped; empty where the program is here. */
export const unlessFound = (name: (typeof optionalPrograms)[number]): string =>
  missingPrograms.includes(name) ? ` (skipped: there is no ${name} on the PATH)` : ''

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

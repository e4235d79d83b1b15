import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { BackupError } from './backups.ts'

type Program = 'pg_dump' | 'pg_restore'

const DEBIAN = '/usr/lib/postgresql'

/** The newest one that is installed, and its major version; undefined where there is none at least as new. */
export function findProgram(program: Program, major: number): string | undefined {
  const found = [...onPath(program), ...debianOf(program)]
    .map((file) => ({ file, major: majorOf(file) }))
    .filter((one) => one.major >= major)
  return found.toSorted((a, b) => b.major - a.major)[0]?.file
}

/** Where the shell finds it: the program is started with an environment of its own, in which there is no such path. */
function onPath(program: Program): string[] {
  const { stdout } = spawnSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' })
  return stdout ? [stdout.trim()] : []
}

function debianOf(program: Program): string[] {
  if (!existsSync(DEBIAN)) return []
  const versions = readdirSync(DEBIAN)
  return versions.map((version) => path.join(DEBIAN, version, 'bin', program)).filter(existsSync)
}

function majorOf(file: string): number {
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' })
  return Number(/ (\d+)/.exec(stdout ?? '')?.[1] ?? 0)
}

/** What the program needs to connect: nothing of it in its arguments, which everybody on the machine can read. */
function connectionOf(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  return {
    PGHOST: hostname.replaceAll(/[[\]]/g, ''),
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGSSLMODE: searchParams.get('sslmode') ?? 'prefer',
    PGAPPNAME: 'galley backup',
  }
}

/** Its output. Fails with its own words. */
export function runDump(file: string, url: string, snapshot: string): Readable {
  const args = ['--format=custom', '--no-owner', '--no-privileges', `--snapshot=${snapshot}`]
  const child = spawn(file, [...args, '--lock-wait-timeout=10s'], {
    env: connectionOf(url),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = endOf(child, child.stderr, 'pg_dump')
  async function* output() {
    try {
      yield* child.stdout
      await ended
    } finally {
      child.kill()
    }
  }
  ended.catch(() => {}) // heard where the output is read
  return Readable.from(output(), { objectMode: false })
}

/** Into an empty database, all of it or nothing. */
export async function runRestore(file: string, url: string, dump: Readable): Promise<void> {
  const args = ['--no-owner', '--no-privileges', '--single-transaction', '--dbname=']
  const { PGDATABASE = '', ...env } = connectionOf(url)
  const child = spawn(file, [...args.slice(0, -1), `--dbname=${PGDATABASE}`], {
    env,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const ended = endOf(child, child.stderr, 'pg_restore')
  await Promise.all([ended, feed(dump, child.stdin)])
}

/** The tables in a dump, each as `schema name`. Fails where it is none. */
export async function listDump(file: string, dump: Readable): Promise<Set<string>> {
  const child = spawn(file, ['--list'], { env: {}, stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = endOf(child, child.stderr, 'pg_restore')
  const [list] = await Promise.all([text(child.stdout), ended, feed(dump, child.stdin)])
  const tables = list.matchAll(/^\d+; \d+ \d+ TABLE (\S+ \S+)/gm)
  return new Set(Array.from(tables, ([, name = '']) => name))
}

async function feed(source: Readable, sink: Writable) {
  await pipeline(source, sink).catch((error: unknown) => {
    // A program that ends early says why by itself, and one that lists needs the beginning alone.
    const isEnd = error instanceof Error && 'code' in error && error.code === 'EPIPE'
    if (!isEnd) throw error
  })
}

async function endOf(child: ReturnType<typeof spawn>, stderr: Readable, program: Program) {
  const [said, [code]] = await Promise.all([text(stderr), once(child, 'close')])
  if (code === 0) return
  throw new BackupError(`${program} failed: ${said.replaceAll(/\s+/g, ' ').trim().slice(0, 500)}`)
}

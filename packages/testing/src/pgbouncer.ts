import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort, listening } from './free-port.ts'
import { findProgram, unlessFound } from './on-path.ts'

const pgbouncer = findProgram('pgbouncer')

/** Behind the name of a `describe.skipIf(noPgbouncer)`: says why it was skipped. */
export const noPgbouncer = unlessFound('pgbouncer')

export type TestPgbouncer = AsyncDisposable & { url: string }

const example = path.join(import.meta.dirname, '../../../deploy/pgbouncer/pgbouncer.ini')
/** It does not run as root. */
const NOBODY = 65_534

/** Runs deploy/pgbouncer/pgbouncer.ini on a free port, with two connections to the database of `databaseUrl`. */
export async function startTestPgbouncer(databaseUrl: string): Promise<TestPgbouncer> {
  if (pgbouncer === undefined) throw new Error('There is no pgbouncer on the PATH')
  const url = new URL(databaseUrl)
  const name = url.pathname.slice(1)
  const folder = mkdtempSync(path.join(tmpdir(), 'galley-pgbouncer-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  const users = path.join(folder, 'userlist.txt')
  writeFileSync(users, `"${url.username}" "${decodeURIComponent(url.password)}"\n`)
  const server = `host=${url.hostname} port=${url.port} dbname=${name}`
  const file = path.join(folder, 'pgbouncer.ini')
  writeFileSync(
    file,
    readFileSync(example, 'utf8')
      .replace(/^galley = .*$/m, `${name} = ${server}`)
      .replace('listen_port = 6432', `listen_port = ${port}\nunix_socket_dir =`)
      .replace('/etc/pgbouncer/userlist.txt', users)
      .replace('default_pool_size = 20', 'default_pool_size = 2'),
  )
  const isRoot = process.getuid?.() === 0
  const child = spawn(pgbouncer, ['-q', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(isRoot && { uid: NOBODY, gid: NOBODY }),
  })
  let output = ''
  child.stderr.on('data', (data) => (output += String(data)))
  const exited = once(child, 'exit')
  const killAtOnce = () => child.kill('SIGKILL')
  process.once('exit', killAtOnce)
  try {
    await listening(port, () => child.exitCode !== null)
  } catch (cause) {
    throw new Error(output, { cause })
  }
  return {
    url: Object.assign(url, { hostname: '127.0.0.1', port: String(port) }).href,
    async [Symbol.asyncDispose]() {
      process.off('exit', killAtOnce)
      child.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true })
    },
  }
}

import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { unprivilegedAccount } from '@galley/embedded-postgres/run-as'
import { freePort } from '@galley/testing/free-port'

/** Debian's: it has what the document uses, `pg_dump`, `pg_basebackup`, `pg_ctl`, and the embedded one has not. */
export const POSTGRES_BIN = '/usr/lib/postgresql/15/bin'

export const hasPostgres = () => existsSync(POSTGRES_BIN)

/** A primary of one's own in `folder`, on loopback. */
export async function startPrimary(folder: string) {
  const account = unprivilegedAccount()
  const password = randomBytes(12).toString('hex')
  const port = await freePort()
  mkdirSync(folder)
  const data = path.join(folder, 'primary')
  const passwordFile = path.join(folder, 'password')
  writeFileSync(passwordFile, password)
  if (account) for (const file of [folder, passwordFile]) chownSync(file, account.uid, account.gid)
  const run = (program: string, args: string[]) => {
    const { status, stderr } = spawnSync(path.join(POSTGRES_BIN, program), args, {
      ...account,
      cwd: '/',
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', program === 'pg_ctl' ? 'ignore' : 'pipe'],
    })
    if (status !== 0) throw new Error(`${program} failed: ${stderr}`)
  }
  run('initdb', [
    '-D',
    data,
    '-U',
    'operator',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ])
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`
  run('pg_ctl', ['start', '-w', '-D', data, '-o', options, '-l', path.join(folder, 'primary.log')])
  const stop = (name: string, mode: 'fast' | 'immediate') =>
    run('pg_ctl', ['stop', '-D', path.join(folder, name), '-m', mode])
  return {
    account,
    port,
    urlOf: (database: string, at = port) =>
      `postgres://operator:${password}@127.0.0.1:${at}/${database}`,
    stop,
  }
}

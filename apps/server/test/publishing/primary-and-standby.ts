import { createDb, type Database } from '@galley/db/client'
import { prepareDatabase } from '@galley/db/prepare'
import { startCluster, type Cluster } from '@galley/embedded-postgres'
import { temporaryFolder } from '@galley/embedded-postgres/files'
import { startStandby } from '@galley/embedded-postgres/standby'
import postgres from 'postgres'
import { afterAll, beforeAll } from 'vitest'
import type { TestApp } from '../app.ts'

/** Two PostgreSQL of our own, one of which streams from the other, for the tests of a file. */
export type PrimaryAndStandby = {
  /** On the primary, migrated and empty. */
  readonly database: TestApp['database']
  /** The same database on the standby, as the server's role. */
  readonly standbyUrl: string
  /** Has the standby show what it shows now, however much comes. */
  pauseReplay(): Promise<void>
  resumeReplay(): Promise<void>
  killStandby(): Promise<void>
  /** On its old port. */
  startStandby(): Promise<void>
  /** Stops all its processes, connections stay open, until what it returns is called. */
  freezeStandby(): Promise<() => void>
}

type Running = { primary: Cluster; standby: Cluster; url: string; pool: Database }

export function usePrimaryAndStandby(): PrimaryAndStandby {
  const durable = false
  const folder = temporaryFolder()
  const options = { dataDir: folder.at('standby'), durable }
  let running: Running | undefined

  beforeAll(async () => {
    const primary = await startCluster({ dataDir: folder.at('primary'), durable })
    const adminUrl = await primary.ensureDatabase('galley')
    const url = Object.assign(new URL(adminUrl), { username: 'server', password: 'of tests' }).href
    await prepareDatabase({ migrationUrl: adminUrl, appUrl: url })
    const standby = await startStandby(primary, options)
    running = { primary, standby, url, pool: createDb(url) }
  }, 60_000)
  afterAll(async () => {
    await running?.pool.close(1)
    await running?.standby.stop()
    await running?.primary.stop()
    folder[Symbol.dispose]()
  })

  const current = () => {
    if (!running) throw new Error('The databases are only there while tests and hooks run')
    return running
  }
  return {
    database: {
      get url() {
        return current().url
      },
      get db() {
        return current().pool.db
      },
      get sql() {
        return current().pool.sql
      },
      asOperator: (work) => ask(current().primary, work),
    },
    get standbyUrl() {
      const { url, standby } = current()
      return Object.assign(new URL(url), { port: String(standby.port) }).href
    },
    async pauseReplay() {
      await ask(current().standby, (sql) => sql`select pg_wal_replay_pause()`)
    },
    async resumeReplay() {
      await ask(current().standby, (sql) => sql`select pg_wal_replay_resume()`)
    },
    async killStandby() {
      process.kill(current().standby.pid, 'SIGKILL')
      await current().standby.stop()
    },
    async startStandby() {
      const { primary, standby } = current()
      current().standby = await startStandby(primary, { ...options, port: standby.port })
    },
    async freezeStandby() {
      const { standby } = current()
      const rows = await ask(standby, (sql) => sql`select pid from pg_stat_activity`)
      const pids: number[] = [standby.pid, ...rows.map(({ pid }) => pid)]
      const send = (signal: NodeJS.Signals) => {
        for (const pid of pids) signalTo(pid, signal)
      }
      send('SIGSTOP')
      return () => send('SIGCONT')
    },
  }
}

function signalTo(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended meanwhile, as the one that was asked for the others has.
  }
}

async function ask<Result>(cluster: Cluster, work: (sql: postgres.Sql) => Promise<Result>) {
  const sql = postgres(cluster.url('galley'), { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

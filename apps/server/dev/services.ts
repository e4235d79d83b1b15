import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDb } from '@galley/db/client'
import { prepareDatabase } from '@galley/db/prepare'
import { users } from '@galley/db/schema'
import { startCluster } from '@galley/embedded-postgres'
import { startMailPage } from '@galley/testing/mail-page'
import { startMailSink } from '@galley/testing/mail-sink'
import { readDevelopmentEnv } from '../src/env.ts'
import type { AtEnd } from './lifetime.ts'

type Given = { DATABASE_URL?: string; MIGRATION_DATABASE_URL?: string }

const dataDir = fileURLToPath(new URL('../../../.galley/postgres', import.meta.url))

/**
 * The address of a database that is up to date: the given one, or one in a PostgreSQL of our own. What has to be
 * stopped later goes to `atEnd` before it has started, so that an interruption leaves nothing behind.
 */
export async function openDatabase(given: Given, atEnd: AtEnd): Promise<string> {
  const migrationUrl = given.MIGRATION_DATABASE_URL ?? given.DATABASE_URL ?? (await startOwn(atEnd))
  const appUrl = given.DATABASE_URL ?? appUrlOf(migrationUrl)
  await prepareDatabase({ migrationUrl, appUrl })
  return appUrl
}

/** Fills an empty database with the demonstration publication. */
export async function fillDatabase(url: string): Promise<void> {
  if (!(await isEmpty(url))) return
  // Loaded when needed only: the domain takes a while to load, and the servers are starting meanwhile.
  const [{ createDeps }, { parseEnv }, { seed }, { seedPictures }] = await Promise.all([
    import('../src/deps.ts'),
    import('../src/env.ts'),
    import('./seed/seed.ts'),
    import('./seed/pictures/seed-pictures.ts'),
  ])
  await using deps = createDeps(
    parseEnv({ DATABASE_URL: url, DATABASE_POOL_MAX: '2', ENCRYPTION_KEYS: readDevelopmentKeys() }),
  )
  await seed(deps.domain)
  await seedPictures(deps.domain)
}

async function isEmpty(url: string) {
  await using database = createDb(url, { max: 1 })
  return (await database.db.$count(users)) === 0
}

async function startOwn(atEnd: AtEnd) {
  const starting = startCluster({ dataDir })
  atEnd(async () => {
    const cluster = await starting.catch(() => undefined)
    await cluster?.stop()
  })
  const cluster = await starting
  return cluster.ensureDatabase('galley')
}

/** The role that the server runs with, in a PostgreSQL of our own; its password follows from the operator's. */
export function appUrlOf(migrationUrl: string) {
  const url = new URL(migrationUrl)
  url.password = createHmac('sha256', url.password).update('galley_app').digest('base64url')
  url.username = 'galley_app'
  return url.href
}

/** Unless a mail server is given: one that delivers nothing; what it took shows at /dev/mail, through the pages' server. */
export async function startMail(
  given: { SMTP_URL?: string },
  atEnd: AtEnd,
): Promise<Record<string, string>> {
  if (given.SMTP_URL) return {}
  const sink = await startMailSink()
  atEnd(sink.close)
  const page = await startMailPage(sink)
  atEnd(async () => page.close())
  return { SMTP_URL: sink.url, MAIL_PAGE_PORT: String(page.port) }
}

const file = fileURLToPath(new URL('../../../.galley/encryption-keys', import.meta.url))

/** ENCRYPTION_KEYS for development: the given ones, or one that is made once and kept (mode 0600). */
export function readDevelopmentKeys(): string {
  const { ENCRYPTION_KEYS } = readDevelopmentEnv()
  if (ENCRYPTION_KEYS) return ENCRYPTION_KEYS
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, `dev:${randomBytes(32).toString('base64')}`, { mode: 0o600 })
  }
  return readFileSync(file, 'utf8').trim()
}

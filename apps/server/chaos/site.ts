import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type MailSink, startMailSink } from '@galley/testing/mail-sink'
import { fillSite } from '../bench/publishing/scale/site.ts'
import { type Person, startTraffic, type Traffic } from '../bench/publishing/scale/traffic.ts'
import { type Server, startServer } from '../bench/servers/start.ts'
import { type SeededDatabase, startSeededDatabase } from '../dev/seed/throw-away.ts'
import type { World } from '../trials/trial.ts'

/** A server that also runs jobs, with people on it who read and write. */
export type Site = Server & {
  database: SeededDatabase
  keys: string
  mails: MailSink
  /** Who owns the picture that is read. */
  owner: Person
  traffic: Traffic
}

/** What a server is started with, before it is. */
type Parts = Pick<Site, 'database' | 'mails'>

type Options = {
  /** Variables beside those of production. */
  env?: (parts: Parts) => Record<string, string>
  /** Where the database's data goes. */
  databaseFolder?: string
  connections?: number
}

const ARTICLES = 20

/** Starts all of it; it ends with the trial. The database is durable: what it has acknowledged outlives a kill. */
export async function startSite(
  { ending }: World,
  { env = () => ({}), databaseFolder, connections = 12 }: Options = {},
): Promise<Site> {
  const keys = `chaos:${randomBytes(32).toString('base64')}`
  const media = await mkdtemp(join(tmpdir(), 'galley-chaos-'))
  ending.defer(() => rm(media, { recursive: true, force: true }))
  const mails = await startMailSink()
  ending.defer(mails.close)
  const database = ending.use(
    await startSeededDatabase(keys, { durable: true, folder: databaseFolder }),
  )
  const server = ending.use(
    await startServer({
      module: '../../src/main.ts',
      databaseUrl: database.appUrl,
      env: {
        ENCRYPTION_KEYS: keys,
        WEB_CONCURRENCY: '1',
        WORKER: 'inline',
        SMTP_URL: mails.url,
        MEDIA_FOLDER: media,
        ...env({ database, mails }),
      },
    }),
  )
  const { publicOrigin: origin } = server
  const filled = await fillSite(origin, database.appUrl, ARTICLES)
  const traffic = startTraffic({ origin, ...filled, connections })
  ending.defer(traffic.stop)
  return { ...server, database, keys, mails, owner: filled.media.owner, traffic }
}

import { randomUUID } from 'node:crypto'
import type { AppDeps } from '@galley/api/ctx'
import { scheduledBackup } from '@galley/platform/backups/take'
import type { Log } from '@galley/platform/ctx'
import { createAnnouncer, EVENTS_CHANNEL } from '@galley/platform/events/announcer'
import { createAudience, liveHintsOf } from '@galley/platform/live/live'
import { platformTopicRules } from '@galley/platform/live/topics'
import { guard, refuseWhileHolding } from '@galley/platform/held-connection'
import type { RegisteredJob } from '@galley/platform/job-registry'
import { createKeyedCalls } from '@galley/platform/idempotency/keyed-calls'
import { createDb, type Database } from '@galley/db/client'
import { createImages } from '@galley/images/create-images'
import { createHttpClient } from '@galley/http/client'
import { createJobs, type Jobs } from '@galley/jobs/create-jobs'
import { createRateLimiter, type RateLimiter } from '@galley/limits/rate-limiter'
import { createLimitStores } from '@galley/limits/stores'
import { createMarkdownRenderer } from '@galley/markdown/renderer'
import { joinNotifications } from '@galley/platform/notifications/registry'
import { publishingDefaults } from '@galley/contract/publishing/settings' // publishing
import { createSettings } from '@galley/platform/settings/store'
import { createMediaLimits, createSite } from '@galley/platform/settings/site'
import { publishingNotifications } from '@galley/publishing/notifications/part'
import { publishingTopicRules } from '@galley/publishing/articles/topics' // publishing
import { PRESENCE_CHANNEL, presenceHintsOf } from '@galley/publishing/presence/signals' // publishing
import { renderFirst } from '@galley/publishing/render-first'
import { createFeed } from '@galley/realtime/feed'
import { createHub } from '@galley/realtime/hub'
import { createOpenStreams, type OpenStreams } from '@galley/realtime/open-streams'
import type { Storage } from '@galley/storage/storage'
import { currentTraceparent } from '@galley/tracing/span'
import { traceIdIn } from '@galley/tracing/traceparent'
import { currentWork } from '@galley/tracing/work'
import { createAdapterMeters } from './adapter-meters.ts'
import type { Env } from './env.ts'
import { createAuthDeps } from './auth-deps.ts'
import { createChecks } from './health/checks.ts'
import { createParts, type Part } from './health/parts.ts'
import { createReplicaPool, type ReplicaPool } from './replica-reads.ts'
import type { Running } from './metrics/start.ts'
import { createPublicReads, type PublicReadCache, type PublicReadOptions } from './public-reads.ts'
import { withoutTlsWord } from './env/addresses.ts'
import { createBackupsOf } from './env/backups.ts'
import { createMailer } from './env/mail.ts'
import { createStorage, createVirusScanner } from './env/media.ts'

export type Deps = AsyncDisposable & {
  /** What the domain works with. */
  domain: AppDeps
  /** Starts the workers that run what the domain leaves for later. */
  startWorker: Jobs['startWorker']
  /** The connections of the queues. */
  jobPools: Jobs['pools']
  /** The job that takes backups, where they are taken by the clock. */
  scheduledBackup?: RegisteredJob | undefined
  rateLimiter: RateLimiter
  /** How many streams this process has open, and whose. */
  openStreams: OpenStreams
  /** Hears of notifications between processes. */
  listen: Database['listen']
  /** What people who are signed out read, where it is kept. */
  publicReads?: PublicReadCache | undefined
  /** The standbys that are read from, where there are any. */
  replicas?: ReplicaPool | undefined
  /** What it works with, to be looked at. */
  parts: readonly [Part, ...Part[]]
  /** Resolves when the database responds in time, rejects otherwise. */
  pingDatabase(timeoutMs: number): Promise<void>
  /** The same of Redis, where there is one. */
  pingRedis?: (() => Promise<void>) | undefined
}

/** What measures the adapters, and what was measured. */
type Meters = Pick<Running, 'database' | 'redis' | 'adapters'> & Partial<Pick<Running, 'measured'>>

const CLOSE_SECONDS = 2
/** Over so long streams end one after the other when maintenance begins. */
const MAINTENANCE_DRAIN_MS = 1_000

const silent: Log = { info() {}, warn() {}, error() {} }

/** Chooses every adapter of this process. Opens no connection before the first query. `meters` measure what they do. */
export function createDeps(env: Env, log: Log = silent, meters?: Meters): Deps {
  const meter = createAdapterMeters(env, log, meters)
  const poolMax = env.DATABASE_POOL_MAX
  const database = createDb(env.DATABASE_URL, {
    max: poolMax,
    applicationName: 'galley-server',
    meter: meter.database({ url: env.DATABASE_URL, role: 'primary', poolMax }),
    directUrl: env.DATABASE_DIRECT_URL,
  })
  const redisUrl = env.REDIS_URL && withoutTlsWord(env.REDIS_URL)
  const redisMeter = redisUrl === undefined ? undefined : meter.redis(redisUrl)
  const limits = createLimitStores(database.db, {
    redisUrl,
    redisMeter,
    onRedisChange: (failure) => tellOfRedis(log, failure),
  })
  const processName = randomUUID()
  const replicas = createReplicaPool({
    env,
    log,
    processName,
    meterOf: (url) => meter.database({ url, role: 'standby', poolMax }),
  })
  const announcer = createAnnouncer(database.db, {
    sender: processName,
    onFailure: (error) => log.warn({ err: error }, 'other processes could not be told of events'),
  })
  const jobs = createJobs({ url: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL, db: database.db })
  const markdown = createMarkdownRenderer() // publishing
  const http = createHttpClient({
    onAttempt(attempt) {
      meters?.adapters.attempt(attempt)
      const traceId = traceIdIn(currentTraceparent())
      log.info({ ...attempt, traceId, ...currentWork() }, 'outbound request')
    },
  })
  const settings = createSettings({
    db: database.db,
    defaults: {
      name: env.SITE_NAME,
      description: env.SITE_DESCRIPTION,
      signUp: env.SIGN_UP,
      maxFileBytes: env.MEDIA_MAX_BYTES,
      quotaBytes: env.MEDIA_QUOTA_BYTES,
      ...publishingDefaults, // publishing
    },
    onChange(now, before) {
      publicReads?.dropAll()
      // Those who may come again do so, at any process.
      const begins = now.maintenanceSince !== null && before.maintenanceSince === null
      if (begins) void live.drain(MAINTENANCE_DRAIN_MS)
    },
  })
  const isPaused = () => settings.current.maintenanceSince !== null
  const onNewVersions = () => replicas?.changed('answers')
  const publicReads = publicReadsOf(env, {
    redisUrl,
    redisMeter,
    processName,
    onNewVersions,
    onFailure: (error) => log.warn({ err: error }, 'what is kept for readers could not be renewed'),
    isPaused,
  })
  const site = createSite(settings, {
    language: env.SITE_LANGUAGE,
    links: env.SITE_LINKS,
    origin: env.PUBLIC_ORIGIN,
  })
  const measured = meters?.adapters.adapter ?? ((_name, adapter) => adapter)
  const counted = meters?.adapters.throttle ?? ((_policy, throttle) => throttle)
  const storage = createStorage(env)
  const parts = createParts({
    pingDatabase: database.ping,
    pingRedis: limits.pingRedis,
    domain: { jobs: jobs.queue, storage },
  })
  const images = createImages()
  const rateLimiter = createRateLimiter(limits.counters, env.RATE_LIMIT_PER_MINUTE)
  const auth = createAuthDeps({ env, log, site, http, limits, counted, db: database.db })
  const live = createHub({
    feed: createFeed({ ...database, channel: EVENTS_CHANNEL, onChange: tellOfFeed(log) }),
    hintsOf: liveHintsOf,
    signals: { ...database, channel: PRESENCE_CHANNEL, hintsOf: presenceHintsOf }, // publishing
    authorise: createAudience({
      db: database.db,
      sessions: auth.sessions,
      bearerTokens: auth.bearerTokens,
      rules: {
        ...platformTopicRules,
        ...publishingTopicRules, // publishing
      },
    }),
  })
  return {
    domain: refuseWhileHolding({
      db: database.db,
      ...auth,
      jobs: jobs.queue,
      announce(event) {
        replicas?.announced(event)
        publicReads?.announced(event)
        announcer.announce(event)
      },
      live,
      health: {
        checks: createChecks(parts),
        measured: meters?.measured ?? (async () => null),
      },
      mailer: measured('mail', createMailer(env, site), ['send']),
      storage: measured('storage', storage, ['put', 'get', 'head', 'delete', 'sweep']),
      virusScanner: measured('virus-scanner', createVirusScanner(env), ['scan']),
      images,
      mediaLimits: createMediaLimits(settings),
      markdown: guard(markdown, 'render'), // publishing
      keyedCalls: createKeyedCalls({
        maxHolding: Math.max(1, Math.floor(env.DATABASE_POOL_MAX / 2)),
        prepare: renderFirst, // publishing
      }),
      notifications: joinNotifications([publishingNotifications]),
      site,
      settings,
      secondFactor: {
        roles: env.SECOND_FACTOR_ROLES,
        graceDays: env.SECOND_FACTOR_GRACE_DAYS,
      },
      auditLog: { keptDays: env.AUDIT_LOG_DAYS },
    }),
    rateLimiter: meters ? meters.adapters.limiter(rateLimiter) : rateLimiter,
    openStreams: createOpenStreams({
      process: env.MAX_STREAMS,
      address: env.MAX_STREAMS_PER_ADDRESS,
      person: env.MAX_STREAMS_PER_PERSON,
    }),
    startWorker: jobs.startWorker,
    jobPools: jobs.pools,
    scheduledBackup: scheduledBackupOf(env, storage),
    publicReads,
    replicas,
    parts,
    pingDatabase: database.ping,
    pingRedis: limits.pingRedis,
    listen: database.listen,
    async [Symbol.asyncDispose]() {
      limits.close()
      publicReads?.close()
      storage.close()
      await live.close()
      await Promise.allSettled([
        jobs[Symbol.asyncDispose](),
        markdown.close(), // publishing
        images[Symbol.asyncDispose](),
        http.close(),
        replicas?.[Symbol.asyncDispose](),
        announcer.flush().then(() => database.close(CLOSE_SECONDS)),
      ])
    },
  }
}

function tellOfRedis(log: Log, failure: unknown) {
  if (failure === undefined) log.info({}, 'Redis answers again')
  else log.warn({ err: failure }, 'Redis does not answer: limits are counted in PostgreSQL')
}

const tellOfFeed = (log: Log) => (failure: unknown) => {
  if (failure === undefined) log.info({}, 'events are read again')
  else log.warn({ err: failure }, 'events cannot be read: who watches hears of them later')
}

function publicReadsOf({ PUBLIC_CACHE_MB }: Env, more: Omit<PublicReadOptions, 'maxBytes'>) {
  if (PUBLIC_CACHE_MB === 0) return undefined
  return createPublicReads({ maxBytes: PUBLIC_CACHE_MB * 1024 * 1024, ...more })
}

function scheduledBackupOf(env: Env, storage: Storage) {
  if (env.BACKUP_SCHEDULE === undefined) return undefined
  return scheduledBackup(createBackupsOf(env, storage), env.BACKUP_SCHEDULE)
}

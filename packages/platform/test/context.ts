import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createAccessTokens } from '@galley/auth/access-tokens'
import { createBearerTokens } from '@galley/auth/bearer'
import { createLuciaSessions } from '@galley/auth/lucia'
import { createOneTimeTokens } from '@galley/auth/one-time-tokens'
import { createPasswordRules } from '@galley/auth/password-rules'
import { createPasskeys } from '@galley/auth/passkeys'
import { createPasswordHasher } from '@galley/auth/passwords'
import { createRecoveryCodes, createTotp } from '@galley/auth/second-factor'
import { createSecretBox } from '@galley/auth/secret-box'
import type { SessionUser } from '@galley/auth/sessions'
import { createSigningKeys } from '@galley/auth/signing-keys'
import type { LiveHint } from '@galley/contract/platform/live'
import { createImages } from '@galley/images/create-images'
import { createSmtpMailer } from '@galley/mail/smtp'
import { createJobs, type Jobs, type Outcome } from '@galley/jobs/create-jobs'
import { createLimitStores } from '@galley/limits/stores'
import { createCodeThrottle, createSignInThrottle } from '@galley/limits/throttle'
import { createFeed } from '@galley/realtime/feed'
import { createHub, type Told } from '@galley/realtime/hub'
import { createDiskStorage } from '@galley/storage/disk'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { startMailSink, type MailSink } from '@galley/testing/mail-sink'
import { noVirusScanner } from '@galley/virus-scan/virus-scanner'
import { afterAll, beforeAll } from 'vitest'
import { publishingDefaults } from '@galley/contract/publishing/settings' // publishing
import { systemCtx, type AppDeps, type Ctx, type SessionCtx } from '../src/ctx.ts'
import { toAppError } from '../src/errors.ts'
import { refuseWhileHolding } from '../src/held-connection.ts'
import { createKeyedCalls, type KeyedCalls } from '../src/idempotency/keyed-calls.ts'
import { dispatchJob, jobHandlers, platformJobs, type RegisteredJob } from '../src/job-registry.ts'
import { EVENTS_CHANNEL } from '../src/events/announcer.ts'
import { dispatchEvents } from '../src/events/dispatch.ts'
import { joinNotifications, type NotificationPart } from '../src/notifications/registry.ts'
import { platformReactions, type Reactions } from '../src/events/reactions.ts'
import { createAudience, liveHintsOf } from '../src/live/live.ts'
import { createMediaLimits, createSite } from '../src/settings/site.ts'
import { createSettings } from '../src/settings/store.ts'
import { platformTopicRules, type TopicRules } from '../src/live/topics.ts'

type Overrides = Partial<Pick<Ctx, 'now' | 'client' | 'site'>>

type RunOptions = Partial<AppDeps> & {
  mayFail?: boolean
  /** Runs the jobs of this name, not those that they leave. */
  only?: string
}

/** The first key encrypts; that of `useTestDomain` is `test`. */
export const secretBoxOf = (...ids: string[]) =>
  createSecretBox(ids.map((id) => ({ id, key: Buffer.alloc(32, id) })))

/** What another package adds to the platform. */
type Domain<More extends object> = {
  more: More
  jobs: readonly RegisteredJob<AppDeps & More>[]
  prepare?: KeyedCalls['prepare']
  reactions?: Reactions
  notifications?: NotificationPart
  topicRules?: TopicRules
  signals?: { channel: string; hintsOf(notification: string): Told<LiveHint>[] }
}

/** The platform on real adapters and a database of this test file's own. */
export const useTestDomain = () =>
  useDomain({ more: {}, jobs: [], notifications: { sentences: {}, subjects: {}, jobs: namedJobs } })

/** As another package names jobs of its own. */
const namedJobs = { 'reports.build': { title: 'The report', path: '/reports' } }

/** The platform and what `domain` adds to it. */
export function useDomain<More extends object>(domain: Domain<More>) {
  const database = useTestDatabase()
  const passwords = createPasswordHasher()
  const origin = 'https://galley.test'
  let sink: MailSink | undefined
  const mail = () => {
    if (!sink) throw new Error('The mail sink is only there while tests and hooks run')
    return sink
  }
  beforeAll(async () => {
    sink = await startMailSink()
  })
  afterAll(() => sink?.close())
  let queue: Jobs | undefined
  const jobs = () => (queue ??= createJobs({ url: database.url, db: database.db }))
  afterAll(() => queue?.[Symbol.asyncDispose]())
  const images = createImages()
  afterAll(() => images[Symbol.asyncDispose]())
  const files = mkdtempSync(path.join(tmpdir(), 'galley-files-'))
  afterAll(() => rmSync(files, { recursive: true, force: true }))
  const storage = createDiskStorage({ folder: files })
  const secretBox = secretBoxOf('test')
  const site = () => {
    const settings = createSettings({
      db: database.db,
      defaults: {
        name: 'Galley',
        description: 'Texts of the tests.',
        signUp: 'open',
        maxFileBytes: 1024 * 1024,
        quotaBytes: 10 * 1024 * 1024,
        ...publishingDefaults, // publishing
      },
    })
    const site = createSite(settings, { language: 'en', links: [], origin })
    const mediaLimits = createMediaLimits(settings)
    const totp = createTotp(site)
    const passkeys = createPasskeys(site)
    const mailer = createSmtpMailer({ url: mail().url, from: 'mail@galley.test', site })
    return { settings, site, mediaLimits, totp, passkeys, mailer }
  }
  const access = () => {
    const { db, listen } = database
    const signingKeys = createSigningKeys(db, secretBox)
    const accessTokens = createAccessTokens(signingKeys, origin)
    const bearerTokens = createBearerTokens(db, accessTokens)
    const sessions = createLuciaSessions()
    const rules = { ...platformTopicRules, ...domain.topicRules }
    const live = createHub({
      feed: createFeed({ db, listen, channel: EVENTS_CHANNEL }),
      hintsOf: liveHintsOf,
      ...(domain.signals && { signals: { listen, ...domain.signals } }),
      authorise: createAudience({ db, sessions, bearerTokens, rules }),
    })
    return { signingKeys, accessTokens, bearerTokens, sessions, live }
  }
  afterAll(() => built?.live.close())
  const reactions = { ...platformReactions, ...domain.reactions }
  const registry = [...platformJobs, dispatchJob(reactions), ...domain.jobs]
  let built: (AppDeps & More) | undefined
  const deps = (): AppDeps & More =>
    (built ??= refuseWhileHolding({
      ...domain.more,
      db: database.db,
      passwords,
      passwordRules: createPasswordRules(),
      signInThrottle: createSignInThrottle(createLimitStores(database.db).throttles),
      codeThrottle: createCodeThrottle(createLimitStores(database.db).throttles),
      oneTimeTokens: createOneTimeTokens(),
      secretBox,
      ...access(),
      ...site(),
      recoveryCodes: createRecoveryCodes(),
      identityProviders: [],
      jobs: jobs().queue,
      announce() {},
      health: { checks: async () => [], measured: async () => null },
      storage,
      virusScanner: noVirusScanner,
      images,
      keyedCalls: createKeyedCalls({
        maxHolding: 2,
        ...(domain.prepare && { prepare: domain.prepare }),
      }),
      notifications: joinNotifications(domain.notifications ? [domain.notifications] : []),
      secondFactor: { roles: [], graceDays: 14 },
      auditLog: { keptDays: 730 },
    }))

  const anonymous = (overrides: Overrides = {}): Ctx & More => ({
    ...deps(),
    actor: { kind: 'anonymous' },
    log: { info() {}, warn() {}, error() {} },
    requestId: 'test',
    client: { ip: '127.0.0.1', userAgent: 'test' },
    now: () => new Date(),
    ...overrides,
  })
  const signedIn = (user: SessionUser, overrides: Overrides = {}): SessionCtx & More => ({
    ...anonymous(overrides),
    actor: {
      kind: 'user',
      user,
      via: { kind: 'session', sessionId: 'test', authenticatedAt: new Date() },
    },
  })
  /** Somebody with a session of their own. */
  const person = async (
    values: Parameters<typeof insertUser>[1] = {},
    overrides: Overrides = {},
  ): Promise<SessionCtx & More> => {
    const ctx = signedIn(await insertUser(database.db, values), overrides)
    const { session } = await ctx.sessions.create(ctx.db, ctx.actor.user.id, ctx.client)
    const { id: sessionId, authenticatedAt } = session
    return { ...ctx, actor: { ...ctx.actor, via: { kind: 'session', sessionId, authenticatedAt } } }
  }
  /**
   * Runs the jobs that are due, and those that they leave in turn. Throws what the first one threw, unless failures are
   * what the test is about.
   */
  const runJobs = async ({ mayFail = false, only, ...replaced }: RunOptions = {}) => {
    const log = { info() {}, warn() {}, error() {}, child: () => log }
    const handlers = jobHandlers(registry, { deps: { ...deps(), ...replaced }, log })
    const wanted = handlers.filter(
      ({ definition }) => only === undefined || definition.name === only,
    )
    const outcomes: Outcome[] = []
    for (let before = -1; before < outcomes.length;) {
      before = outcomes.length
      if (only === undefined) while (await dispatchEvents(reactions, systemCtx(deps())));
      outcomes.push(...(await jobs().runDue(wanted, (error) => toAppError(error).reason)))
    }
    const failed = outcomes.find(({ error }) => error !== undefined)
    if (failed && !mayFail) throw failed.error
    return outcomes
  }
  /** As if the last letters had been sent so long ago: what strangers ask for is mailed every ten minutes at most. */
  const waitForMail = async (minutes: number) => {
    await database.sql`
      update rate_counters set expires_at = expires_at - make_interval(mins => ${minutes})
      where key like 'letter:%'`
  }
  /** What a real mail server took, once the jobs have run. */
  const mailTo: MailSink['mailTo'] = (address, options) => mail().mailTo(address, options)
  const mails = () => mail().mails
  return {
    database,
    files,
    storage,
    anonymous,
    signedIn,
    person,
    runJobs,
    waitForMail,
    mailTo,
    mails,
  }
}

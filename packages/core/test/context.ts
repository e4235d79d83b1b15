import { createLuciaSessions } from '@galley/auth/lucia'
import { createOneTimeTokens } from '@galley/auth/one-time-tokens'
import { createPasswordHasher } from '@galley/auth/passwords'
import { createSecretBox } from '@galley/auth/secret-box'
import type { SessionUser } from '@galley/auth/sessions'
import { createMemoryThrottle } from '@galley/auth/throttle'
import { createMarkdownRenderer } from '@galley/markdown/renderer'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { afterAll } from 'vitest'
import type { AppDeps, Ctx, SessionCtx } from '../src/ctx.ts'

type Overrides = Partial<Pick<Ctx, 'now' | 'client' | 'cookies'>>

/** The domain on real adapters and a database of this test file's own. */
export function useTestDomain() {
  const database = useTestDatabase()
  const markdown = createMarkdownRenderer()
  const passwords = createPasswordHasher()
  let built: AppDeps | undefined
  const deps = (): AppDeps =>
    (built ??= {
      db: database.db,
      sessions: createLuciaSessions(database.db),
      passwords,
      signInThrottle: createMemoryThrottle(),
      oneTimeTokens: createOneTimeTokens(),
      secretBox: createSecretBox([{ id: 'test', key: Buffer.alloc(32, 'test') }]),
      jobs: { enqueue: async () => null },
      mailer: { send: async () => {} },
      markdown,
      site: { name: 'Galley', origin: 'https://galley.test' },
    })
  afterAll(() => markdown.close())

  const anonymous = (overrides: Overrides = {}): Ctx => ({
    ...deps(),
    actor: { kind: 'anonymous' },
    log: { info() {}, warn() {}, error() {} },
    requestId: 'test',
    client: { ip: '127.0.0.1', userAgent: 'test' },
    cookies: { get: () => undefined, set() {}, clear() {} },
    now: () => new Date(),
    charge: async () => {},
    ...overrides,
  })
  const signedIn = (user: SessionUser, overrides: Overrides = {}): SessionCtx => ({
    ...anonymous(overrides),
    actor: {
      kind: 'user',
      user,
      via: { kind: 'session', sessionId: 'test', authenticatedAt: new Date() },
    },
  })
  const person = async (values: Parameters<typeof insertUser>[1] = {}) =>
    signedIn(await insertUser(database.db, values))
  return { database, anonymous, signedIn, person }
}

import { createLuciaSessions } from '@galley/auth/lucia'
import { createPasswordHasher } from '@galley/auth/passwords'
import type { SessionUser } from '@galley/auth/sessions'
import { createMemoryThrottle } from '@galley/auth/throttle'
import { createMarkdownRenderer } from '@galley/markdown/renderer'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { afterAll } from 'vitest'
import type { AppDeps, AuthedCtx, Ctx } from '../src/ctx.ts'

type Overrides = Partial<Pick<Ctx, 'now' | 'client' | 'sessionCookie'>>

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
      markdown,
    })
  afterAll(() => markdown.close())

  const anonymous = (overrides: Overrides = {}): Ctx => ({
    ...deps(),
    actor: { kind: 'anonymous' },
    log: { info() {}, warn() {}, error() {} },
    requestId: 'test',
    client: { ip: '127.0.0.1', userAgent: 'test' },
    sessionCookie: { token: undefined, set() {}, clear() {} },
    now: () => new Date(),
    charge: async () => {},
    ...overrides,
  })
  const signedIn = (user: SessionUser, overrides: Overrides = {}): AuthedCtx => ({
    ...anonymous(overrides),
    actor: { kind: 'user', sessionId: 'test', user },
  })
  const person = async (values: Parameters<typeof insertUser>[1] = {}) =>
    signedIn(await insertUser(database.db, values))
  return { database, anonymous, signedIn, person }
}

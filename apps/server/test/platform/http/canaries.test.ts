// That a secret which gets where it must not be is found, as it is looked for in every test of the server.
import type { AppDeps } from '@galley/api/ctx'
import type { IdentityProvider, ProviderTokens } from '@galley/auth/identity-providers'
import { insertUser } from '@galley/testing/factories'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { inSpan, recordingSpan } from '@galley/tracing/span'
import { SpanStatusCode } from '@opentelemetry/api'
import { describe, expect, test } from 'vitest'
import { createCanaries } from '../../canaries.ts'
import { useApp } from '../../app.ts'
import { noteSpans } from '../../noted-spans.ts'
import { createFinder } from '../../secret-finder.ts'

const on = useApp()

/** As if the app had answered this. */
function answer(canaries: ReturnType<typeof createCanaries>, url: string, body: string) {
  const app = { inject: async () => ({ body }), server: { prependListener() {} } }
  // Of an app, what is listened to.
  canaries.listenTo(app as never)
  return (app.inject as (options: object) => Promise<unknown>)({ url })
}

test('LG1 a secret in an answer that is not for it, in a mail, a log line, a row or a span is named', async () => {
  const canaries = createCanaries()
  const send = () => Promise.resolve()
  const { bearerTokens, recoveryCodes, passwords, mailer } = canaries.marked({
    ...on.deps.domain,
    mailer: { send },
  })
  const { token } = bearerTokens.newApiToken()
  const [code = '', another = ''] = recoveryCodes.create()
  await passwords.verify(null, 'a password that was typed')
  await answer(canaries, '/trpc/tokens.create', `{"token":"${token}"}`)
  await canaries.expectKept(['{"msg":"call refused"}'], { database: on.database })

  const { id } = await insertUser(on.database.db, { bio: `My code is ${code}.` })
  await answer(canaries, '/trpc/tokens.list', `{"token":"${token}"}`)
  await mailer.send({ to: 'a@example.com', text: another } as never, undefined as never)
  const kept = canaries.expectKept(['{"body":"a password that was typed"}'], {
    database: on.database,
    spans: ['sessions.create', `/api/v1/articles/${token}`],
  })
  await expect(kept).rejects.toThrow(
    /answer of \/trpc\/tokens.list holds: api token.*mail holds: recovery code.*log line holds: password.*public.users holds: recovery code.*a span holds: api token/s,
  )
  await on.database.db.delete(users).where(eq(users.id, id))
})

describe('LG1 what is signed or comes from elsewhere is named in a log line', () => {
  const presigned = 'https://s3.test/a?X-Amz-Signature='
  const person = {
    tokens: { accessToken: 'access+of/elsewhere', refreshToken: 'refresh+of/elsewhere' },
  }
  /** What makes each, and what of it is secret. */
  const makers: [kind: string, make: (domain: AppDeps) => Promise<string>][] = [
    ['device token', async ({ secretBox }) => secretBox.sign('device', 'a.b.1')],
    ['sign-up token', async ({ secretBox }) => secretBox.sign('sign-up', 'a')],
    ['token of unsubscribe', async ({ secretBox }) => secretBox.sign('unsubscribe', 'a.daily')],
    ['refresh token', async ({ secretBox }) => secretBox.sign('refresh', 'glr_a')],
    ['presigned address', async ({ storage }) => signatureOf(await storage.presignPut?.('a', put))],
    ['presigned address', async ({ storage }) => signatureOf(await storage.presignGet?.('a', put))],
    ['provider token', async ({ identityProviders: [at] }) => finish(at, 'accessToken')],
    ['provider token', async ({ identityProviders: [at] }) => finish(at, 'refreshToken')],
    ['proof of a provider', async ({ identityProviders: [at] }) => verifierOf(at)],
  ]
  const put = { contentType: 'image/png', size: 1, expiresSeconds: 60 }
  const signatureOf = (signed: string | { url: string } | undefined) =>
    (typeof signed === 'string' ? signed : signed?.url)?.split('=')[1] ?? ''
  const attempt = { redirectUri: '', state: '', nonce: '', verifier: 'v'.repeat(43) }
  const finish = async (at: IdentityProvider | undefined, name: keyof ProviderTokens) =>
    (await at?.finish(attempt, new URLSearchParams()))?.tokens[name] ?? ''
  const verifierOf = async (at: IdentityProvider | undefined) =>
    (await at?.begin(''))?.attempt.verifier ?? ''

  test.each(makers)('%s %#', async (kind, make) => {
    const canaries = createCanaries()
    const secret = await make(
      canaries.marked({
        ...on.deps.domain,
        storage: {
          ...on.deps.domain.storage,
          presignPut: async () => ({
            url: presigned + 'ab'.repeat(32),
            method: 'PUT',
            headers: {},
          }),
          presignGet: async () => presigned + 'cd'.repeat(32),
        },
        // Of a provider, what is looked at.
        identityProviders: [
          { begin: async () => ({ url: '', attempt }), finish: async () => person },
        ] as never,
      }),
    )
    expect(secret.length).toBeGreaterThan(15)
    await canaries.expectKept(['{"msg":"request"}'])
    const kept = createCanaries().expectKept([`{"msg":"${secret}"}`])
    await expect(kept).resolves.toBeUndefined()
    await expect(canaries.expectKept([`{"msg":"${secret}"}`])).rejects.toThrow(
      `a log line holds: ${kind}`,
    )
  })
})

test('every text of a span is recorded, and spans of calls are among them', async () => {
  await on.post('/trpc/sessions.create', { email: 'nobody@galley.test', password: 'x' })
  const work = inSpan('named', { attributes: { 'url.path': '/told' } }, async (span) => {
    expect(recordingSpan()).toBe(span)
    span?.updateName('renamed').addEvent('happened', { why: ['listed'] })
    span?.setStatus({ code: SpanStatusCode.ERROR, message: 'worded' })
    span?.recordException(new Error('thrown'))
    throw new Error('of the work')
  })
  await expect(work).rejects.toThrow('of the work')
  const told = [...noteSpans()]
  const expected = ['named', '/told', 'renamed', 'happened', 'listed', 'worded', 'sessions.create']
  expect(told).toEqual(expect.arrayContaining(expected))
  expect(told.some((text) => text.includes('thrown'))).toBe(true)
  expect(told.some((text) => text.includes('of the work'))).toBe(false)
})

test.each(['https://a.example/?token=SECRET', 'token%3DSECRET', '\\nSECRET\\n', '{"a":"SECRET"}'])(
  'a secret is found in %s',
  (text) => {
    const { mark, kindsIn } = createFinder()
    const secret = 'Mx3_aaaaaaaaaaaaaaaaaaaaaaaa'
    mark('made', secret)
    mark('longer', 'b'.repeat(40))
    expect(kindsIn(text.replace('SECRET', secret))).toEqual(['made'])
    expect(kindsIn(text.replace('SECRET', secret.slice(1)))).toEqual([])
  },
)

import type { AppDeps } from '@galley/api/ctx'
import type { createFinder } from './secret-finder.ts'

/** What to do with the result and the arguments of calls of some methods. */
type Looks<Adapter> = {
  [Name in keyof Adapter]?: NonNullable<Adapter[Name]> extends (...args: infer Args) => infer Result
    ? (result: Awaited<Result>, args: Args) => void
    : never
}

/** By its purpose, what a signature is a secret as; that of a mailed link is a one-time token too. */
const signed: Record<string, string> = {
  device: 'device token',
  'sign-up': 'sign-up token',
  unsubscribe: 'token of unsubscribe',
  refresh: 'refresh token',
}

/** The same adapters: every secret that they make or take is noted, and `mailed` gets each mail. */
export function markAdapters(
  domain: AppDeps,
  { mark, markTyped }: ReturnType<typeof createFinder>,
  mailed: (mail: string) => void,
): AppDeps {
  const session = (result: { token: string } | null) => result && mark('session', result.token)
  const presigned = (url: string) => {
    const [, signature] = /[?&]X-Amz-Signature=([\w-]+)/.exec(url) ?? []
    if (signature !== undefined) mark('presigned address', signature)
  }
  return {
    ...domain,
    sessions: spied(domain.sessions, { create: session, rotate: session }),
    oneTimeTokens: spied(domain.oneTimeTokens, {
      issue: (token, [, { purpose }]) => mark(`token of ${purpose}`, token),
    }),
    bearerTokens: spied(domain.bearerTokens, {
      newApiToken: ({ token }) => mark('api token', token),
    }),
    accessTokens: spied(domain.accessTokens, {
      // The last part of a JWT; the others may be told.
      issue: ({ token }) => mark('access token', token.split('.').at(-1) ?? ''),
    }),
    totp: spied(domain.totp, {
      create: ({ secret }) => mark('totp secret', secret),
    }),
    recoveryCodes: spied(domain.recoveryCodes, {
      create: (codes) => codes.forEach((code) => mark('recovery code', code)),
    }),
    passwords: spied(domain.passwords, {
      hash: (_, [typed]) => markTyped(typed),
      verify: (_, [, typed]) => markTyped(typed),
    }),
    secretBox: spied(domain.secretBox, {
      sign(signature, [purpose]) {
        const kind = signed[purpose]
        if (kind !== undefined) mark(kind, signature)
      },
    }),
    storage: spied(domain.storage, {
      presignPut: ({ url }) => presigned(url),
      presignGet: presigned,
    }),
    identityProviders: domain.identityProviders.map((provider) =>
      spied(provider, {
        begin: ({ attempt }) => mark('proof of a provider', attempt.verifier),
        finish({ tokens: { accessToken, refreshToken } }) {
          for (const token of [accessToken, refreshToken]) markTyped(token ?? '', 'provider token')
        },
      }),
    ),
    mailer: spied(domain.mailer, { send: (_, [mail]) => mailed(JSON.stringify(mail)) }),
  }
}

/** An adapter, of whose calls the results and the arguments are looked at. */
function spied<Adapter extends object>(adapter: Adapter, looks: Looks<Adapter>): Adapter {
  return new Proxy(adapter, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      const look: unknown = Reflect.get(looks, name)
      if (typeof member !== 'function' || typeof look !== 'function') return member
      return (...args: unknown[]) => {
        const result: unknown = Reflect.apply(member, target, args)
        if (!(result instanceof Promise)) {
          Reflect.apply(look, undefined, [result, args])
          return result
        }
        return result.then((value: unknown) => {
          Reflect.apply(look, undefined, [value, args])
          return value
        })
      }
    },
  })
}

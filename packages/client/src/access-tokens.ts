import type { Operation, TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import type { TokenPair } from './api.gen.ts'
import { toGalleyError } from './error.ts'
import { isGalleyError } from './is-galley-error.ts'
import type { ByPassword, ByRefreshToken } from './options.ts'
import { post } from './post.ts'

/** The server gives a refresh token that comes twice within 10 s the same successor: so long may a lost response be asked for again. */
const PATIENCE_MS = 8000

/** An access token is renewed this long before it runs out, so that none does so on its way. */
const EARLY_MS = 30_000

type AccessTokens = {
  /** One that is valid as far as can be told from here. */
  current(): Promise<string>
  /** Another one than `refused`, which the server did not take. */
  renewed(refused: string): Promise<string>
}

/** Access tokens of one API client. However many calls ask at once, one request goes out. */
export function accessTokens(
  url: string,
  send: typeof fetch,
  auth: ByPassword | ByRefreshToken,
): AccessTokens {
  let held: { accessToken: string; renewAt: number } | undefined
  let refreshToken = 'refreshToken' in auth ? auth.refreshToken : undefined
  let obtaining: Promise<string> | undefined

  const obtainOnce = () => {
    obtaining ??= obtain().finally(() => {
      obtaining = undefined
    })
    return obtaining
  }

  async function obtain() {
    const started = Date.now()
    const pair = await nextPair()
    refreshToken = pair.refreshToken
    held = {
      accessToken: pair.accessToken,
      renewAt: started + Math.max(pair.expiresIn * 1000 - EARLY_MS, pair.expiresIn * 500),
    }
    await auth.onTokens?.(pair)
    return pair.accessToken
  }

  async function nextPair(): Promise<TokenPair> {
    if (refreshToken === undefined) return signIn()
    try {
      return await request('refresh', { refreshToken })
    } catch (error) {
      if (!('password' in auth) || !isGalleyError(error, 'token/invalid')) throw error
      return signIn()
    }
  }

  async function signIn() {
    if (!('password' in auth)) throw new Error('There is nothing to sign in with.')
    const { email, password, code } = auth
    return request('tokens', { email, password, ...(code !== undefined && { code }) })
  }

  const request = async (name: string, body: object) =>
    (await post(send, `${url}/api/v1/auth/${name}`, body, PATIENCE_MS)) as TokenPair

  return {
    current: async () => (held && Date.now() < held.renewAt ? held.accessToken : obtainOnce()),
    renewed: async (refused) =>
      held && held.accessToken !== refused ? held.accessToken : obtainOnce(),
  }
}

type Context = Pick<Operation, 'context'>

/** The header for calls that travel together; the last one's token is the newest. */
export function authorizationOf(ops: Context[]): { authorization?: string } {
  const token = ops.at(-1)?.context['accessToken']
  return typeof token === 'string' ? { authorization: `Bearer ${token}` } : {}
}

/**
 * Gives each call an access token, and a new one once where the server refuses it: nothing was done by then, so this
 * holds for mutations too.
 */
export const tokenLink =
  <Router extends AnyTRPCRouter>(tokens: AccessTokens): TRPCLink<Router> =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let call: Unsubscribable | undefined
      let isWanted = true

      const send = (accessToken: string, isLast: boolean) => {
        if (!isWanted) return
        call = next({ ...op, context: { ...op.context, accessToken } }).subscribe({
          ...observer,
          error: (error) => {
            const isRefused = toGalleyError(error).reason === 'token/invalid'
            if (isLast || !isRefused) observer.error(error)
            else start(tokens.renewed(accessToken), true)
          },
        })
      }
      const start = (token: Promise<string>, isLast: boolean) => {
        token.then(
          (accessToken) => send(accessToken, isLast),
          (error: unknown) =>
            observer.error(toGalleyError(error) as Parameters<typeof observer.error>[0]),
        )
      }
      start(tokens.current(), false)
      return () => {
        isWanted = false
        call?.unsubscribe()
      }
    })

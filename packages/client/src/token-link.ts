import type { Operation, TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import type { AccessTokens } from './access-tokens.ts'
import { toGalleyError } from './error.ts'

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

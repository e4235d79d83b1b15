import { createWSClient, wsLink } from '@trpc/client'
import type { StreamTransport } from './options.ts'
import { waitMs } from './retries.ts'

const LONGEST_WAIT_MS = 60_000
/** Without a word from the server for so long, it is asked whether it is there. */
const PING_MS = 20_000
const PONG_MS = 10_000
/** So long a socket stays open that nobody listens to. */
const IDLE_MS = 1_000

type SocketOptions = {
  /** Where the platform has none: the one of the package `ws`. */
  WebSocket?: typeof WebSocket
}

/**
 * Subscriptions over one WebSocket instead of a stream of server-sent events for each: `streams: overSocket()`. A lost socket is
 * opened again, and each subscription goes on after its last message.
 */
export const overSocket = ({ WebSocket: given }: SocketOptions = {}): StreamTransport => ({
  linkTo: ({ base, token }) =>
    wsLink({
      client: createWSClient({
        url: `${base.replace(/^http/, 'ws')}/trpc`,
        lazy: { enabled: true, closeMs: IDLE_MS },
        keepAlive: { enabled: true, intervalMs: PING_MS, pongTimeoutMs: PONG_MS },
        retryDelayMs: (attempt) =>
          waitMs(attempt + 1, {}, { baseMs: 1_000, maxMs: LONGEST_WAIT_MS }),
        ...(given && { WebSocket: given }),
        ...(token && { connectionParams: async () => ({ token: await token() }) }),
      }),
    }),
})

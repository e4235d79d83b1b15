import type { Redis } from 'ioredis'
import { meterCommands, type RedisMeter } from './metered.ts'

/** How long Redis is left alone after it failed. */
const REST_MS = 2_000

/** A connection to Redis that may go away at any time. */
export type RedisLink = {
  /** The client, which is loaded at the first use. */
  redis(): Promise<Redis>
  /**
   * Returns what `onRedis` does, or what `otherwise` does where Redis fails or is slow: then Redis is left alone for 2 s,
   * and after that tried by one call at a time. A command that timed out may have been carried out all the same.
   */
  use<Result>(
    onRedis: (redis: Redis) => Promise<Result>,
    otherwise: () => Promise<Result>,
  ): Promise<Result>
  close(): void
}

type Options = {
  /** How long a command may take, with the time to connect: 250. */
  commandMs?: number
  /** Put before every key. */
  prefix?: string
  /** Called when Redis begins to fail, with the reason, and when it is back, without. */
  onChange?: ((failure?: unknown) => void) | undefined
  /** Hears of every command. */
  meter?: RedisMeter | undefined
}

/** Loads the client and connects at the first use. No command is sent twice: what was lost on the way may have counted. */
export function createRedisLink(
  url: string,
  { commandMs = 250, prefix = 'galley:', onChange = () => {}, meter }: Options = {},
): RedisLink {
  let opened: Promise<Redis> | undefined
  let isClosed = false
  let failing = false
  let restsUntil = 0

  return {
    redis,
    async use(onRedis, otherwise) {
      if (failing) {
        if (performance.now() < restsUntil) return otherwise()
        restsUntil = performance.now() + REST_MS
      }
      try {
        const result = await onRedis(await redis())
        if (failing) onChange()
        failing = false
        return result
      } catch (error) {
        if (!failing) onChange(error)
        failing = true
        restsUntil = performance.now() + REST_MS
        return otherwise()
      }
    },
    close() {
      isClosed = true
      opened?.then((client) => client.disconnect()).catch(() => {})
    },
  }

  function redis(): Promise<Redis> {
    return (opened ??= open())
  }

  async function open(): Promise<Redis> {
    if (isClosed) throw new Error('The link to Redis is closed')
    const { Redis: Client } = await import('ioredis')
    const client = new Client(url, {
      lazyConnect: true,
      keyPrefix: prefix,
      commandTimeout: commandMs,
      connectTimeout: 1_000,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      retryStrategy: (times) => Math.min(50 * 2 ** times, 2_000),
    })
    // Without a listener the client writes to the console; each failure shows in a command too.
    client.on('error', () => {})
    if (meter) meterCommands(client, meter)
    return client
  }
}

import { noRedis, randomPrefix, useTestRedis } from '@galley/testing/redis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createRedisLink } from './link.ts'
import type { AskedCommand } from './metered.ts'
import { redisErrorType } from './metered.ts'
import { numbers, redisScript } from './script.ts'

type Heard = AskedCommand & { error?: string }

function open(url: string, { isHeard = true, commandMs = 5_000 } = {}) {
  const heard: Heard[] = []
  const meter = {
    command: (asked: AskedCommand) => (error?: unknown) =>
      void heard.push({ ...asked, ...(error !== undefined && { error: redisErrorType(error) }) }),
  }
  const link = createRedisLink(url, {
    prefix: randomPrefix(),
    commandMs,
    ...(isHeard && { meter }),
  })
  onTestFinished(link.close)
  return { link, heard }
}

const echo = redisScript(`return { #KEYS, tonumber(ARGV[1]) + ${Math.random()} * 0 }`, numbers)

describe.skipIf(noRedis)(`commands to Redis${noRedis}`, () => {
  const server = useTestRedis()

  test('are heard of once, also those that wait for the connection, without keys and values', async () => {
    const { link, heard } = open(server.url)
    const redis = await link.redis()
    const both = [redis.set('secret-key', 'secret-value'), redis.get('secret-key')]
    expect(await Promise.all(both)).toEqual(['OK', 'secret-value'])
    expect(heard.filter(({ operation }) => /^[GS]ET$/.test(operation))).toEqual([
      { operation: 'SET' },
      { operation: 'GET' },
    ])
    expect(JSON.stringify(heard)).not.toContain('secret')
  })

  test('a script is named by its hash, first refused and then sent whole', async () => {
    const { link, heard } = open(server.url)
    const redis = await link.redis()
    expect(await echo(redis, ['one'], [7])).toEqual([1, 7])
    expect(await echo(redis, ['one'], [7])).toEqual([1, 7])
    const script = expect.stringMatching(/^[\da-f]{40}$/)
    expect(heard.filter(({ operation }) => operation.startsWith('EVAL'))).toEqual([
      { operation: 'EVALSHA', script, error: 'NOSCRIPT' },
      { operation: 'EVAL' },
      { operation: 'EVALSHA', script },
    ])
  })

  test('what Redis refuses is named by the prefix of its reply', async () => {
    const { link, heard } = open(server.url)
    const redis = await link.redis()
    await redis.set('text', 'value')
    await expect(redis.lpush('text', 'value')).rejects.toThrow('WRONGTYPE')
    expect(heard.at(-1)).toEqual({ operation: 'LPUSH', error: 'WRONGTYPE' })
  })

  test('without a meter the client is as it is', async () => {
    const redis = await open(server.url, { isHeard: false }).link.redis()
    expect(Object.hasOwn(redis, 'sendCommand')).toBe(false)
  })
})

test('where there is no Redis, and where it is late, it says so', async () => {
  const { link, heard } = open('redis://127.0.0.1:1')
  const redis = await link.redis()
  await expect(redis.get('key')).rejects.toThrow()
  expect(heard).toContainEqual({ operation: 'GET', error: 'connection' })
  expect(redisErrorType(new Error('Command timed out'))).toBe('timeout')
})

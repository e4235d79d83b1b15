import { randomUUID } from 'node:crypto'
import type { RedisLink } from '@galley/redis/link'
import { NOW_LUA, redisScript } from '@galley/redis/script'

export type RedisEntry = { value: Buffer; ageMs: number }

/** Values that all processes share. While Redis is away nothing is found and nothing kept. */
export type RedisStore = {
  /** The value, where it is of the versions that its tags have now; they are what `set` needs. */
  get(key: string, tags: readonly string[]): Promise<RedisRead | undefined>
  /** Keeps the value unless one of the tags was invalidated since the versions were read. */
  set(key: string, value: Buffer, versions: Versions, lifeMs: number): Promise<void>
  /** Ends the versions of the tags, and with them all values that have one. */
  invalidate(tags: readonly string[]): Promise<void>
}

type Options = {
  now?: () => number
  /** Called when tags have other versions than at the last read, before it returns: somebody invalidated one. */
  onNewVersions?: (() => void) | undefined
}

type Versions = { keys: string[]; text: string }
type RedisRead = { versions: Versions; entry?: RedisEntry }

/** A version that Redis has dropped is replaced by a random one, which no value has: it is kept longer than any value. */
const VERSION_LIFE_MS = 24 * 60 * 60 * 1000
/** A tag that every value has. */
const ALL = 'tag:*'

export function createRedisStore(
  link: RedisLink,
  { now, onNewVersions = () => {} }: Options = {},
): RedisStore {
  const seen = new Map<string, string>()
  /** Whether an invalidation was not carried out: nothing that Redis holds is good until all of it is ended. */
  let owesAll = false

  return {
    get: (key, tags) =>
      link.use(
        async (redis) => {
          await endAllIfOwed(redis)
          const keys = [ALL, ...tags.map(tagKey)]
          const args = [now?.() ?? '', randomUUID(), VERSION_LIFE_MS]
          const { text, entry } = await readEntry(redis, [valueKey(key), ...keys], args)
          const tagged = keys.join(' ')
          if (seen.get(tagged) !== text) onNewVersions()
          seen.set(tagged, text)
          return { versions: { keys, text }, entry }
        },
        async () => undefined,
      ),
    set: (key, value, { keys, text }, lifeMs) =>
      link.use(
        async (redis) => {
          await writeEntry(redis, [valueKey(key), ...keys], [now?.() ?? '', text, value, lifeMs])
        },
        async () => {},
      ),
    async invalidate(tags) {
      if (tags.length === 0) return
      await link.use(
        async (redis) => void (await redis.unlink(...tags.map(tagKey))),
        async () => void (owesAll = true),
      )
    },
  }

  async function endAllIfOwed(redis: Parameters<Parameters<RedisLink['use']>[0]>[0]) {
    if (!owesAll) return
    owesAll = false
    try {
      await redis.unlink(ALL)
    } catch (error) {
      owesAll = true
      throw error
    }
  }
}

const valueKey = (key: string) => `value:${key}`
const tagKey = (tag: string) => `tag:${tag}`

const VERSIONS_LUA = `
local function versions(fresh, life)
  local found = {}
  for at = 2, #KEYS do
    local version = redis.call('GET', KEYS[at])
    if not version and fresh then
      version = fresh
      redis.call('SET', KEYS[at], version, 'PX', life)
    end
    found[at - 1] = version or ''
  end
  return table.concat(found, ' ')
end
`

const readEntry = redisScript(
  `${NOW_LUA}${VERSIONS_LUA}
local current = versions(ARGV[2], ARGV[3])
local stored = redis.call('HMGET', KEYS[1], 'versions', 'at', 'value')
if stored[1] ~= current then
  return { current }
end
return { current, math.max(0, now - stored[2]), stored[3] }
`,
  ([text, ageMs, value]) => ({
    text: String(text),
    ...(Buffer.isBuffer(value) && { entry: { value, ageMs: Number(ageMs) } }),
  }),
)

const writeEntry = redisScript(
  `${NOW_LUA}${VERSIONS_LUA}
if versions() ~= ARGV[2] then
  return {}
end
redis.call('HSET', KEYS[1], 'versions', ARGV[2], 'at', now, 'value', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {}
`,
  () => undefined,
)

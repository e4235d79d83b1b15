import { startTestRedis } from '@galley/testing/redis'
import { post } from '../../trials/calls.ts'
import { equal, type Trial } from '../../trials/trial.ts'
import { breakSite, type Fault } from '../outage.ts'
import { startProxy } from '../proxy.ts'
import { type Site, startSite } from '../site.ts'
import type { Ready } from '../watch.ts'

const GUESSES = 12

/** Redis, which counts for limits and keeps public answers, is killed, freezes and becomes slow. PostgreSQL stands in. */
export const trial: Trial = {
  title: 'Redis down, frozen and slow',
  async run(world) {
    let redis = await startTestRedis()
    world.ending.defer(() => redis.kill())
    const port = Number(new URL(redis.url).port)
    const proxy = await startProxy(world, { host: '127.0.0.1', port })
    const site = await startSite(world, {
      env: () => ({ REDIS_URL: `redis://127.0.0.1:${proxy.port}`, PUBLIC_CACHE_MB: '32' }),
    })
    const common = { forMs: world.short ? 3_000 : 10_000, shows: withoutRedis, refusals: [] }
    const faults: Fault[] = [
      {
        ...common,
        name: 'killed',
        begin: () => redis.kill(),
        async end() {
          redis = await startTestRedis(port)
        },
        meanwhile: () => guess(site, 'jonas-lind'),
      },
      {
        ...common,
        name: 'frozen',
        begin: () => redis.pause(),
        end: () => redis.resume(),
        meanwhile: () => guess(site, 'petra-novak'),
      },
      {
        ...common,
        name: '1 s later, both ways',
        begin: () => proxy.delay(1_000),
        end: () => proxy.delay(0),
        meanwhile: () => guess(site, 'aiko-tanabe'),
      },
    ]
    return breakSite(world, site, faults)
  },
}

const withoutRedis = ({ status, parts }: Ready) =>
  status === 200 && parts.redis !== undefined && parts.redis !== 'ok'

/** Limits hold without it, too. */
async function guess(site: Site, username: string) {
  const statuses: number[] = []
  for (let n = 0; n < GUESSES; n += 1) {
    const wrong = { email: `${username}@example.com`, password: `not the password ${n}` }
    const response = await post(site, '/trpc/sessions.create', wrong)
    await response.body?.cancel()
    statuses.push(response.status)
  }
  return [equal(`the last of ${GUESSES} guesses of a password`, statuses.at(-1), 429)]
}

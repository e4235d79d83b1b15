import { setTimeout as sleep } from 'node:timers/promises'
import type { Trial } from '../../trials/trial.ts'
import { breakSite } from '../outage.ts'
import { startProxy } from '../proxy.ts'
import { startSite } from '../site.ts'
import { withoutDatabase } from '../watch.ts'

/** The way to PostgreSQL becomes slow, then breaks off again and again. */
export const trial: Trial = {
  title: 'A slow and a bad connection to PostgreSQL',
  async run(world) {
    const proxy = await startProxy(world, { port: 1 })
    const site = await startSite(world, {
      env: ({ database }) => {
        const url = new URL(database.appUrl)
        proxy.lead({ host: url.hostname, port: Number(url.port) })
        return { DATABASE_URL: Object.assign(url, { port: String(proxy.port) }).href }
      },
    })
    const end = () => proxy.delay(0)
    const forMs = world.short ? 5_000 : 15_000
    return breakSite(world, site, [
      { name: '0.2 s later, both ways', forMs, begin: () => proxy.delay(200), end },
      {
        name: '1 s later, both ways',
        forMs,
        begin: () => proxy.delay(1_000),
        end,
        shows: withoutDatabase,
      },
      {
        name: 'connections cut ten times a second',
        forMs: 0,
        async begin() {
          for (let n = 0; n < (world.short ? 30 : 100); n += 1) {
            proxy.cut()
            await sleep(100)
          }
        },
        end() {},
      },
    ])
  },
}

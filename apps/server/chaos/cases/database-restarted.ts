import type { Trial } from '../../trials/trial.ts'
import { breakSite } from '../outage.ts'
import { startSite } from '../site.ts'
import { withoutDatabase } from '../watch.ts'

/** PostgreSQL is shut down and started again, as for a new version of it. */
export const trial: Trial = {
  title: 'PostgreSQL restarted',
  async run(world) {
    const site = await startSite(world)
    return breakSite(world, site, [
      {
        name: 'restarted',
        times: world.short ? 1 : 5,
        forMs: 1_000,
        begin: site.database.stop,
        end: site.database.start,
        shows: withoutDatabase,
      },
    ])
  },
}

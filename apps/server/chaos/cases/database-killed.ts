import type { Trial } from '../../trials/trial.ts'
import { breakSite } from '../outage.ts'
import { startSite } from '../site.ts'
import { withoutDatabase } from '../watch.ts'

/** All processes of PostgreSQL are killed, and it is started again, as by its supervisor. */
export const trial: Trial = {
  title: 'PostgreSQL killed again and again',
  async run(world) {
    const site = await startSite(world)
    return breakSite(world, site, [
      {
        name: 'killed',
        times: world.short ? 2 : 20,
        forMs: 1_000,
        begin: site.database.kill,
        end: site.database.start,
        shows: withoutDatabase,
      },
    ])
  },
}

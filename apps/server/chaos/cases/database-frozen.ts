import type { Trial } from '../../trials/trial.ts'
import { breakSite } from '../outage.ts'
import { startSite } from '../site.ts'
import { withoutDatabase } from '../watch.ts'

/**
 * PostgreSQL says nothing for a while and then goes on with what it was doing, also with statements that nobody waits for any more.
 * `pnpm attack silent-database` looks at readers alone.
 */
export const trial: Trial = {
  title: 'PostgreSQL frozen while people write',
  async run(world) {
    const site = await startSite(world)
    return breakSite(world, site, [
      {
        name: 'frozen',
        times: world.short ? 1 : 3,
        forMs: 15_000,
        begin: () => site.database.signal('SIGSTOP'),
        end: () => site.database.signal('SIGCONT'),
        shows: withoutDatabase,
      },
    ])
  },
}

import type { Trial } from '../../trials/trial.ts'
import { databaseOutages } from '../outage.ts'

/** All processes of PostgreSQL are killed, and it is started again, as by its supervisor. */
export const trial: Trial = {
  title: 'PostgreSQL killed again and again',
  run: (world) =>
    databaseOutages(world, {
      times: world.short ? 2 : 20,
      forMs: 1_000,
      begin: ({ database }) => database.kill(),
      end: ({ database }) => database.start(),
    }),
}

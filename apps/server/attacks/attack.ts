import type { SeededDatabase } from '../dev/seed/throw-away.ts'
import type { Server } from '../bench/servers/start.ts'

/** A production server with the demonstration publication, and its database. */
export type Galley = Server & { database: SeededDatabase }

type World = {
  /** Whether to attack for seconds (CI) rather than for as long as it is worth looking. */
  short: boolean
  /** Starts a server of its own for the attack, with these variables beside those of production; it ends with the attack. */
  startGalley(env?: Record<string, string>): Promise<Galley>
}

/** One thing that was looked at while attacking. */
export type Finding = { what: string; measured: string; holds: boolean }

/** A file of `cases/` exports one as `attack`; the file's name is what `pnpm attack <name>` calls it. */
export type Attack = { title: string; run(world: World): Promise<Finding[]> }

export const atMost = (what: string, measured: number, limit: number, unit = ''): Finding => ({
  what,
  measured: `${Math.round(measured)}${unit}, at most ${limit}${unit}`,
  holds: measured <= limit,
})

export const atLeast = (what: string, measured: number, limit: number, unit = ''): Finding => ({
  what,
  measured: `${Math.round(measured)}${unit}, at least ${limit}${unit}`,
  holds: measured >= limit,
})

export const equal = (what: string, measured: unknown, wanted: unknown): Finding => ({
  what,
  measured: `${JSON.stringify(measured)}, wanted ${JSON.stringify(wanted)}`,
  holds: JSON.stringify(measured) === JSON.stringify(wanted),
})

import type { Server } from '../bench/servers/start.ts'
import type { SeededDatabase } from '../dev/seed/throw-away.ts'

/** A production server with the demonstration publication, and its database. */
export type Galley = Server & { database: SeededDatabase }

export type World = {
  /** Whether to try for seconds (CI) rather than for as long as it is worth looking. */
  short: boolean
  /** Starts a server of its own for the trial, with these variables beside those of production; it ends with the trial. */
  startGalley(env?: Record<string, string>): Promise<Galley>
  /** What is to end with the trial, also where that is cut off: in the reverse order, after this the server of `startGalley`. */
  ending: Pick<AsyncDisposableStack, 'use' | 'defer'>
}

/** One thing that was looked at while trying, or was to be: `skipped` where this machine lacks what it takes. */
export type Finding = { what: string; measured: string; holds: boolean; skipped?: true }

/** A file of a folder of cases exports one as `trial`; the file's name is what the command calls it. */
export type Trial = {
  title: string
  /** When it has to have ended, where it takes longer than the others. */
  limitMs?: number
  run(world: World): Promise<Finding[]>
}

/** What was not tried, and why not. */
export const skipped = (what: string, why: string): Finding => ({
  what,
  measured: `not tried: ${why}`,
  holds: false,
  skipped: true,
})

export type Outcome = 'holds' | 'FAILS' | 'skipped'

/** What came of a trial. One of which some was not tried is skipped, and fails in CI, which is to have all that it takes. */
export function outcomeOf(findings: Finding[], isCi: boolean): Outcome {
  const fails = findings.some(({ holds, skipped: isSkipped }) => !holds && !isSkipped)
  if (fails || findings.length === 0) return 'FAILS'
  if (findings.every(({ holds }) => holds)) return 'holds'
  return isCi ? 'FAILS' : 'skipped'
}

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

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10

/** CPU time of a process and of its children, ended or not, in milliseconds; NaN where there is no `/proc`. */
export function cpuOf(pid: number): number {
  const all = [pid, ...childrenOf(pid)]
  return all.reduce((sum, each) => sum + ticksOf(each), 0) * TICK_MS
}

/** Resident memory of a process and of its children, now and at its highest, in MB. */
export function memoryOf(pid: number): { now: number; highest: number } {
  const all = [pid, ...childrenOf(pid)].map((each) => read(`/proc/${each}/status`))
  const megabytes = (status: string, name: string) =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) / 1024
  const sum = (name: string) =>
    Math.round(all.reduce((total, status) => total + megabytes(status, name), 0))
  return { now: sum('VmRSS'), highest: sum('VmHWM') }
}

/** Lets the highest memory of a process and of its children begin at what they have now (proc(5), `clear_refs`). */
export function forgetHighest(pid: number) {
  for (const each of [pid, ...childrenOf(pid)]) {
    try {
      writeFileSync(`/proc/${each}/clear_refs`, '5')
    } catch {
      // It has ended meanwhile, or this is not Linux.
    }
  }
}

function ticksOf(pid: number) {
  const fields = statOf(pid)
  // utime, stime, and those of children that have ended: fields 14 to 17 of proc(5).
  return fields.length === 0
    ? 0
    : fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((each) => each > 0 && Number(statOf(each)[1]) === pid)
  } catch {
    return []
  }
}

/** From the state on: the name before it may hold spaces. */
function statOf(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`)
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function read(path: string) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // it has ended meanwhile
  }
}

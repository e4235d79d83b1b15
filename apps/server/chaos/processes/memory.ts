import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import type { World } from '../../trials/trial.ts'

const ROOT = '/sys/fs/cgroup'
const first = existsSync(`${ROOT}/memory/memory.limit_in_bytes`)

/**
 * A control group of Linux in which a program and what it starts may have so much memory together; the kernel kills one of them
 * where they need more. `command` is run in front of the program. Undefined where that is not allowed here.
 */
export function limitMemory({ ending }: World, megabytes: number) {
  const folder = `${first ? `${ROOT}/memory` : ROOT}/galley-${randomUUID()}`
  try {
    mkdirSync(folder)
    const file = first ? 'memory.limit_in_bytes' : 'memory.max'
    writeFileSync(`${folder}/${file}`, String(megabytes * 1024 * 1024))
  } catch {
    return undefined
  }
  ending.defer(() => rmdirSync(folder))
  const join = 'echo $$ > "$0" && exec "$@"'
  return {
    command: { program: '/bin/sh', args: ['-c', join, `${folder}/cgroup.procs`, process.execPath] },
    /** How many the kernel has killed. */
    killed() {
      const said = readFileSync(
        `${folder}/${first ? 'memory.oom_control' : 'memory.events'}`,
        'utf8',
      )
      return Number(/^oom_kill (\d+)$/m.exec(said)?.[1])
    },
  }
}

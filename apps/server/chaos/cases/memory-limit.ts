import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from '../../bench/publishing/scale/ask.ts'
import { memoryOf } from '../../bench/usage.ts'
import {
  atLeast,
  atMost,
  equal,
  type Finding,
  skipped,
  type Trial,
  type World,
} from '../../trials/trial.ts'
import { compareRest, compareWrites, untilDone } from '../processes/compare.ts'
import { limitMemory } from '../processes/memory.ts'
import { startLargeBodies } from '../processes/large-bodies.ts'
import { addWriters } from '../processes/people.ts'
import { createRandom } from '@galley/testing/random'
import { startReaders } from '../processes/readers.ts'
import { childrenOf } from '../../trials/processes.ts'
import { startSite } from '../processes/site.ts'
import { supervise } from '../processes/supervise.ts'
import { startWriters } from '../processes/writers.ts'

/** The heap that one process may have, in MB. */
const HEAP_MB = 160
/** What two processes and the one that watches over them may have together; under load they want twice of that. */
const TOO_LITTLE_MB = 400

/** Servers with little memory while people write, read and send the longest texts. */
export const trial: Trial = {
  title: 'Memory that is limited',
  limitMs: 15 * 60_000,
  async run(world) {
    const NODE_OPTIONS = `--max-old-space-size=${HEAP_MB}`
    const enough = await underLoad(world, `a heap of ${HEAP_MB} MB each`, { env: { NODE_OPTIONS } })
    const findings = [...enough.findings, equal('processes that ended', enough.ended, 0)]
    const group = limitMemory(world, TOO_LITTLE_MB)
    const limit = `${TOO_LITTLE_MB} MB for all`
    if (!group) return [...findings, skipped(limit, 'not allowed to make a control group')]
    const tooLittle = await underLoad(world, limit, group)
    return [
      ...findings,
      ...tooLittle.findings,
      { what: 'processes that the kernel killed', measured: String(group.killed()), holds: true },
    ]
  },
}

type Limited = { env?: Record<string, string>; command?: { program: string; args: string[] } }

async function underLoad(world: World, limit: string, { env, command }: Limited) {
  const seconds = world.short ? 15 : 90
  const site = await startSite(world, {
    env: { WEB_CONCURRENCY: '2', ...env },
    ...(command && { command }),
  })
  const supervisor = supervise([site.server, ...site.workers])
  world.ending.defer(supervisor.stop)
  const known = await addWriters(site, 20)
  const answers = new Map<number, number>()
  const count = ({ status }: Answer) => void answers.set(status, (answers.get(status) ?? 0) + 1)
  const random = createRandom(seconds)
  const writers = startWriters({ ...site, known, clients: 4, random, onAnswer: count })
  const readers = startReaders(site, count)
  const bodies = startLargeBodies(site, known, count)
  world.ending.defer(() => writers.stop().catch(() => {}))
  const seen = new Set<number>()
  let highest = 0
  for (let second = 0; second < seconds; second += 1) {
    await sleep(1_000)
    for (const pid of childrenOf(site.server.pid)) {
      seen.add(pid)
      highest = Math.max(highest, memoryOf(pid).now || 0)
    }
  }
  await bodies.stop()
  await readers.stop()
  await writers.stop()
  await supervisor.stop()
  await untilDone(site, 120_000)
  const findings: Finding[] = [
    atLeast('acknowledged writes', writers.ledger.count, 10),
    { what: 'responses', measured: JSON.stringify([...answers]), holds: true },
    equal('responses that no writer should get', [...writers.wrong], []),
    equal('responses of 500', answers.get(500) ?? 0, 0),
    atMost('longest time without a write', writers.longestPauseMs(), 60_000, ' ms'),
    { what: 'highest resident memory of a process', measured: `${highest} MB`, holds: true },
    ...(await compareWrites(site, writers.ledger)),
    ...(await compareRest(site)),
  ]
  return {
    ended: seen.size - 2,
    findings: findings.map((found) => ({ ...found, what: `${limit}: ${found.what}` })),
  }
}

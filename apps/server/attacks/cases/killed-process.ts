import { setTimeout as sleep } from 'node:timers/promises'
import { atLeast, atMost, type Trial } from '../../trials/trial.ts'
import { watch } from '../../trials/calls.ts'
import { childrenOf } from '../../trials/processes.ts'

const CONNECTIONS = 40

/** One of two processes is killed again and again while people connect. */
export const trial: Trial = {
  title: 'A process killed under new connections',
  async run({ startGalley, short }) {
    const { pid, ...galley } = await startGalley({ WEB_CONCURRENCY: '2' })
    let answered = 0
    let slowestMs = 0
    for (let kills = 0; kills < (short ? 4 : 14); kills += 1) {
      await untilThereAre(2, pid)
      const clients = Array.from({ length: CONNECTIONS }, () => watch(galley, '/health/live', 0))
      await sleep(150)
      process.kill(childrenOf(pid)[0] ?? 0, 'SIGKILL')
      await sleep(700) // before another is started, which takes the machine for a while
      for (const client of await Promise.all(clients.map(({ stop }) => stop()))) {
        answered += client.answers.filter(({ status }) => status === 200).length
        slowestMs = Math.max(slowestMs, client.slowestMs)
      }
    }
    return [
      atMost('slowest connection to be answered or closed', slowestMs, 1_000, ' ms'),
      atLeast('answered', answered, 100),
    ]
  },
}

/** A process that was started needs a moment before it takes connections. */
async function untilThereAre(count: number, pid: number) {
  while (childrenOf(pid).length < count) await sleep(100)
  await sleep(3_000)
}

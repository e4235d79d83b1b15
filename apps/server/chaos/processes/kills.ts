import { setTimeout as sleep } from 'node:timers/promises'
import { childrenOf, treeOf } from '../../trials/processes.ts'
import { kill, type Site } from './site.ts'
import type { Random } from '@galley/testing/random'
import type { Supervisor } from './supervise.ts'

export type Kills = { process: number; tree: number; master: number; worker: number }

/** Of ten kills: one of the processes of a server, all of them, the one that watches over them, a worker. */
const KINDS = [
  ...(['process', 'process', 'process', 'process'] as const),
  ...(['tree', 'tree'] as const),
  'master',
  ...(['worker', 'worker', 'worker'] as const),
] as const satisfies (keyof Kills)[]

/** Kills something that is up, without a warning, and says what. Its supervisor starts it again; that is not waited for. */
export async function killOne(
  { server, workers }: Site,
  { whenUp }: Supervisor,
  random: Random,
): Promise<keyof Kills> {
  const kind = random.pick(KINDS)
  const part = kind === 'worker' ? random.pick(workers) : server
  await whenUp(part)
  if (kind === 'process') kill(random.pick(await childrenWhenThere(server.pid)))
  else for (const pid of kind === 'tree' ? treeOf(part.pid) : [part.pid]) kill(pid)
  return kind
}

async function childrenWhenThere(pid: number) {
  while (childrenOf(pid).length === 0) await sleep(20)
  return childrenOf(pid)
}

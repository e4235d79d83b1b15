import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { load } from './load.ts'
import { type ServerName, servers } from './servers.ts'

// CPU per request of a native route, of tRPC's own plugin and of ours, all in one run: the ratios travel between
// machines, the microseconds do not. `pnpm bench [requests per round] [rounds]`.
const requests = Number(process.argv[2] ?? 4000)
const rounds = Number(process.argv[3] ?? 5)
const connections = 16
const names = Object.keys(servers) as ServerName[]

type Running = { child: ChildProcess; address: string }
type Measured = { cpu: number[]; waits: number[] }

const running = new Map(
  await Promise.all(names.map(async (name) => [name, await start(name)] as const)),
)
for (const kind of ['single', 'batch'] as const) {
  const measured = new Map<ServerName, Measured>(
    names.map((name) => [name, { cpu: [], waits: [] }]),
  )
  for (let round = 0; round <= rounds; round++) {
    for (const [name, server] of running) {
      const one = await measure(server, servers[name][kind])
      const all = measured.get(name)
      if (round === 0 || !all) continue // warms up
      all.cpu.push(one.cpu)
      all.waits.push(...one.waits)
    }
  }
  print(kind, measured)
}
for (const { child } of running.values()) child.disconnect()

async function start(name: ServerName): Promise<Running> {
  const child = fork(new URL('child.ts', import.meta.url), [name], {
    env: { NODE_ENV: 'production' },
  })
  const [{ address }] = await once(child, 'message')
  return { child, address }
}

async function measure({ child, address }: Running, path: string) {
  const before = await cpuOf(child)
  const waits = await load({ url: `${address}${path}`, requests, connections })
  return { cpu: ((await cpuOf(child)) - before) / requests, waits }
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('cpu')
  const [{ cpu }] = await once(child, 'message')
  return cpu.user + cpu.system
}

function print(kind: string, measured: Map<ServerName, Measured>) {
  const base = median(measured.get('fastify')?.cpu ?? [])
  process.stdout.write(`${kind}: median of ${rounds} rounds of ${requests} requests\n`)
  for (const [name, { cpu, waits }] of measured) {
    const micros = median(cpu)
    const columns = [
      name.padEnd(10),
      `${micros.toFixed(0)} us CPU`,
      `x${(micros / base).toFixed(2)}`,
      `p50 ${quantile(waits, 0.5).toFixed(1)} ms`,
      `p99 ${quantile(waits, 0.99).toFixed(1)} ms`,
    ]
    process.stdout.write(`  ${columns.join('  ')}\n`)
  }
}

function median(numbers: number[]) {
  return quantile(numbers, 0.5)
}

function quantile(numbers: number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readFileSync, readdirSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { childEnv } from '../src/env.ts'
import { type Block, fillIn, readOperations } from './blocks.ts'

export type Values = Record<string, string>

type Way = {
  cwd: string
  env: Record<string, string>
  /** What is typed. */
  input?: string
  /** The account that it runs as, where it is not this one. */
  account?: { uid: number; gid: number } | undefined
}

export type Server = {
  origin: string
  /** The process that `pnpm start` runs: signals are for it. */
  pid: number
  ended: Promise<unknown>
  end(): Promise<void>
}

const READY_MS = 60_000

/** Runs the blocks of the document and remembers which. */
export function createStage(log: string, say: (line: string) => void) {
  const { blocks, problems } = readOperations()
  if (problems.length > 0) throw new Error(`docs/operations.md, ${problems.join('; ')}`)
  const left = new Set(blocks.map(({ name }) => name))
  const servers = new Set<Server>()

  const blockOf = (name: string): Block => {
    const block = blocks.find((one) => one.name === name)
    if (!block) throw new Error(`docs/operations.md has no block run=${name}`)
    left.delete(name)
    return block
  }

  const start = (name: string, values: Values, { cwd, env, account, input }: Way) => {
    const script = fillIn(blockOf(name), values)
    appendFileSync(log, `\n### ${name}\n${script}`)
    const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
      cwd,
      env: childEnv(env),
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...account,
    })
    child.stdin?.end(input)
    child.stdout?.on('data', (chunk) => appendFileSync(log, String(chunk)))
    child.stderr?.on('data', (chunk) => appendFileSync(log, String(chunk)))
    return child
  }

  return {
    /** Runs a block to its end and returns what it printed. Throws with that where it fails. */
    async run(name: string, values: Values, way: Way): Promise<string> {
      const begun = performance.now()
      const child = start(name, values, way)
      const output = Promise.all([textOf(child.stdout), textOf(child.stderr)])
      const [code] = await once(child, 'exit')
      // What a block leaves running keeps its output open.
      const [stdout, stderr] = await Promise.race([output, sleep(2_000, ['', ''])])
      if (code !== 0)
        throw new Error(`${name} ended with ${String(code)}: ${`${stdout}${stderr}`.slice(-600)}`)
      say(`ran    ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`)
      return stdout
    },
    /** Starts a block that serves, and waits until it is ready. */
    async serve(name: string, values: Values, way: Way & { port: number }): Promise<Server> {
      const begun = performance.now()
      const child = start(name, values, way)
      const ended = once(child, 'exit')
      const origin = `http://127.0.0.1:${way.port}`
      await Promise.race([
        untilReady(origin),
        ended.then(([code]) => Promise.reject(new Error(`${name} ended with ${String(code)}`))),
      ])
      say(`ran    ${name}: ready after ${((performance.now() - begun) / 1000).toFixed(1)} s`)
      const server: Server = {
        origin,
        pid: serverBehind(child),
        ended,
        async end() {
          const isUp = child.exitCode === null && child.signalCode === null
          if (isUp && child.pid) process.kill(-child.pid, 'SIGKILL')
          await ended
          servers.delete(server)
        },
      }
      servers.add(server)
      return server
    },
    /** What of the document nothing has run. */
    left: () => [...left],
    /** How many of its blocks were run. */
    ran: () => blocks.length - left.size,
    async [Symbol.asyncDispose]() {
      await Promise.all([...servers].map((server) => server.end()))
    },
  }
}

export type Stage = ReturnType<typeof createStage>

const textOf = (stream: ChildProcess['stdout']) => (stream ? text(stream) : '')

async function untilReady(origin: string) {
  const giveUpAt = performance.now() + READY_MS
  for (;;) {
    const response = await fetch(`${origin}/health/ready`).catch(() => undefined)
    if (response?.ok) return
    if (performance.now() > giveUpAt) throw new Error(`${origin} was not ready in time`)
    await sleep(100)
  }
}

/** Behind bash and pnpm is the server; behind the server, its processes. */
function serverBehind({ pid = 0 }: ChildProcess): number {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const parents = processes.flatMap((id) => parentOf(id))
  let generation = [pid]
  while (generation.length > 0) {
    const found = generation.find(isServer)
    if (found !== undefined) return found
    generation = parents.flatMap(([child, parent]) => (generation.includes(parent) ? [child] : []))
  }
  throw new Error('there is no process of the server')
}

function isServer(pid: number): boolean {
  const [program = '', ...args] = commandOf(pid).split('\0')
  return /(^|\/)node$/.test(program) && args.some((one) => one.endsWith('apps/server/src/main.ts'))
}

function parentOf(id: string): [number, number][] {
  try {
    const [, rest = ''] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')
    return [[Number(id), Number(rest.split(' ')[1])]]
  } catch {
    return []
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

import { spawn, type SpawnOptionsWithoutStdio } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { ENCRYPTION_KEYS } from './encryption-keys.ts'
import { watchOutput } from './program-canaries.ts'

type Variables = Record<string, string | undefined>

/** Starts a program of `src` as a process of its own. */
export function startProgram(name: string, env: Variables, args: string[] = []) {
  const file = fileURLToPath(new URL(`../src/${name}`, import.meta.url))
  return startNode([file, ...args], { NODE_ENV: 'test', ENCRYPTION_KEYS, ...env })
}

/** What it writes is read as it comes, and searched for secrets when the file of tests ends. */
export function startNode(
  args: string[],
  env: Variables,
  options: Pick<SpawnOptionsWithoutStdio, 'cwd' | 'detached'> = {},
) {
  const child = spawn(process.execPath, args, { ...options, env })
  const written = watchOutput(child, env)
  const exit = once(child, 'exit').then(([code, signal]): unknown => code ?? signal)
  return {
    child,
    /** Its code, or the signal that ended it. */
    exit,
    /** What it has logged so far. */
    output: () => written.stdout,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** When it has ended by itself, and all is read. */
    async end() {
      const code = await exit
      await written.closed
      return { code, stdout: written.stdout, stderr: written.stderr }
    },
  }
}

/** Runs a program of `src` until it ends by itself; `input` is its standard input. */
export function runProgram(name: string, env: Variables, args: string[] = [], input = '') {
  const program = startProgram(name, env, args)
  program.child.stdin.on('error', () => {}) // a command that fails at once does not read it
  program.child.stdin.end(input)
  return program.end()
}

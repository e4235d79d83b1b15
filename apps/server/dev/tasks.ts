import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { childEnv } from '../src/env.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const turbo = createRequire(`${root}/package.json`).resolve('turbo/bin/turbo')
const KILL_AFTER_MS = 5000

/** Runs `turbo dev`: the `dev` script of every package, in a process group of its own. */
export function startTasks(variables: Record<string, string>) {
  const options = ['--ui=stream', '--log-prefix=none', '--no-update-notifier', '--env-mode=loose']
  const child = spawn(process.execPath, [turbo, 'run', 'dev', ...options], {
    cwd: root,
    env: childEnv({ ...variables, NODE_ENV: 'development', TURBO_TELEMETRY_DISABLED: '1' }),
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true, // Ctrl-C reaches this process alone, which then ends the others in order
  })
  const ended = once(child, 'exit')

  return {
    /** Settles when the tasks have ended, by themselves or by `stop`. */
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { childEnv } from '../src/env.ts'

const KILL_AFTER_MS = 5000
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const web = fileURLToPath(new URL('../../web', import.meta.url))
const vite = path.join(
  createRequire(path.join(web, 'package.json')).resolve('vite/package.json'),
  '../bin/vite.js',
)

/** Starts the API, again whenever a file that it uses changes, and the pages, which Vite serves and proxies to it. */
export function startServers(variables: Record<string, string>) {
  const env = childEnv({ ...variables, NODE_ENV: 'development' })
  const servers = [
    start(['--watch', '--watch-preserve-output', main], env),
    start([vite, 'dev'], env, web),
  ]
  return {
    /** Settles when one of them has ended, by itself or by `stop`. */
    ended: Promise.race(servers.map(({ ended }) => ended)),
    stop: async () => void (await Promise.all(servers.map((server) => server.stop()))),
  }
}

function start(args: string[], env: NodeJS.ProcessEnv, cwd?: string) {
  const child = spawn(process.execPath, args, {
    ...(cwd && { cwd }),
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true, // Ctrl-C reaches this process alone, which then ends the others in order
  })
  const ended = once(child, 'exit')
  return {
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

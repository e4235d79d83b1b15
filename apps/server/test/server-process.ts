import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { ENCRYPTION_KEYS } from './encryption-keys.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

export async function freePort() {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** Runs `src/main.ts` as a process of its own until it ends by itself. */
export async function runToEnd(env: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { NODE_ENV: 'test', ENCRYPTION_KEYS, ...env },
  })
  const exit = once(child, 'exit')
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exit])
  return { code: code as unknown, stdout, stderr }
}

/** Starts `src/main.ts`, without workers and rate limits unless `env` asks for them, and returns once it listens with all its processes. */
export async function startServer(env: Record<string, string>) {
  const port = await freePort()
  const child = spawn(process.execPath, [main], {
    env: {
      NODE_ENV: 'test',
      ENCRYPTION_KEYS,
      WORKER: 'none',
      RATE_LIMIT_PER_MINUTE: '1000000',
      API_PORT: String(port),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit').then(([code, signal]): unknown => code ?? signal)
  let output = ''
  const listening = new Promise<void>((resolve) => {
    child.stdout.on('data', (lines) => {
      output += String(lines)
      if (output.split('Server listening').length > Number(env.WEB_CONCURRENCY ?? 1)) resolve()
    })
  })
  await Promise.race([
    listening,
    exit.then((code) => Promise.reject(new Error(`ended with ${String(code)}`))),
  ])
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    exit,
    /** What it has logged so far. */
    output: () => output,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
  }
}

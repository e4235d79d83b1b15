import { freePort } from '@galley/testing/free-port'
import { runProgram, startProgram } from './program.ts'

/** Runs `src/main.ts` as a process of its own until it ends by itself. */
export const runToEnd = (env: Record<string, string>) => runProgram('main.ts', env)

/** Starts `src/main.ts`, without workers and rate limits unless `env` asks for them, and returns once it listens with all its processes. */
export async function startServer(env: Record<string, string>) {
  const port = await freePort()
  const server = startProgram('main.ts', {
    WORKER: 'none',
    RATE_LIMIT_PER_MINUTE: '1000000',
    API_PORT: String(port),
    ...env,
  })
  const listening = new Promise<void>((resolve) => {
    server.child.stdout.on('data', () => {
      const processes = server.output().split('Server listening').length - 1
      if (processes >= Number(env.WEB_CONCURRENCY ?? 1)) resolve()
    })
  })
  await Promise.race([
    listening,
    server.end().then(({ code, stderr }) => {
      throw new Error(`ended with ${String(code)}: ${stderr}`)
    }),
  ])
  return { ...server, origin: `http://127.0.0.1:${port}`, port }
}

import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { BootError } from '../src/boot-error.ts'

/**
 * Where the pages and, behind them, the API listen: for the API any free port unless one is set, so that several checkouts run at
 * once. Throws BootError unless both can be listened on.
 */
export async function choosePorts({ PORT, API_PORT }: { PORT: number; API_PORT?: number }) {
  if (PORT === API_PORT) throw new BootError('PORT and API_PORT must differ.')
  await listenOnce('PORT', PORT)
  return { PORT, API_PORT: await listenOnce('API_PORT', API_PORT ?? 0) }
}

/** The port, or any free one for 0. */
async function listenOnce(name: string, port: number): Promise<number> {
  const server = createServer()
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return (server.address() as AddressInfo).port
  } catch {
    throw new BootError(`port ${port} is in use. Stop what runs there, or set ${name}.`)
  } finally {
    server.close()
  }
}

const PATIENCE_MS = 90_000
const PAUSE_MS = 50

/** Resolves once `address` responds with success; throws BootError where it does not in time. */
export async function waitUntilReady(address: string, signal: AbortSignal) {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const problem = await findProblem(address, signal)
    if (!problem) return
    if (Date.now() > deadline) throw new BootError(`${address} does not respond: ${problem}.`)
    await sleep(PAUSE_MS, undefined, { signal })
  }
}

async function findProblem(address: string, signal: AbortSignal) {
  try {
    const response = await fetch(address, { signal, headers: { accept: 'text/html' } })
    await response.body?.cancel()
    return response.ok ? undefined : `status ${response.status}`
  } catch (error) {
    return error instanceof Error ? error.message : 'no response'
  }
}

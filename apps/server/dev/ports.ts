import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
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

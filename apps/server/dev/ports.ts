import { once } from 'node:events'
import { createServer } from 'node:net'
import { BootError } from '../src/boot-error.ts'

/** Throws BootError unless both ports can be listened on. */
export async function requireFreePorts({ PORT, API_PORT }: { PORT: number; API_PORT: number }) {
  if (PORT === API_PORT) throw new BootError('PORT and API_PORT must differ.')
  await requireFree('PORT', PORT)
  await requireFree('API_PORT', API_PORT)
}

async function requireFree(name: string, port: number) {
  const server = createServer()
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
  } catch {
    throw new BootError(`port ${port} is in use. Stop what runs there, or set ${name}.`)
  } finally {
    server.close()
  }
}

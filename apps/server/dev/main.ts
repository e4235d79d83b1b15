import { readDevelopmentEnv } from '../src/env.ts'
import { banner } from './banner.ts'
import { fillDatabase, openDatabase } from './database.ts'
import { readDevelopmentKeys } from './keys.ts'
import { liveUntilSignal } from './lifetime.ts'
import { startMail } from './mail.ts'
import { choosePorts } from './ports.ts'
import { waitUntilReady } from './ready.ts'
import { startServers } from './servers.ts'

// `pnpm dev` and `turbo dev`: a database, a mail server, the API and the pages, and a line when all of it is ready.
await liveUntilSignal(async (atEnd, signal) => {
  const { PORT: port, API_PORT: apiPort, ...given } = readDevelopmentEnv()
  const { PORT, API_PORT } = await choosePorts({
    PORT: port,
    ...(apiPort && { API_PORT: apiPort }),
  })
  const [url, mail] = await Promise.all([openDatabase(given, atEnd), startMail(given, atEnd)])
  signal.throwIfAborted()

  const servers = startServers({
    ...mail,
    DATABASE_URL: url,
    ENCRYPTION_KEYS: readDevelopmentKeys(),
    PORT: String(PORT),
    API_PORT: String(API_PORT),
  })
  atEnd(servers.stop)
  const ended = servers.ended.then(() => {
    throw new Error('a development server ended by itself.')
  })
  const ready = Promise.all([
    fillDatabase(url),
    waitUntilReady(`http://127.0.0.1:${API_PORT}/health/ready`, signal),
    // Asked for early: the first page is compiled while the API is still starting.
    waitUntilReady(`http://127.0.0.1:${PORT}/`, signal),
  ])
  await Promise.race([ready, ended])
  const ownsDatabase = given.DATABASE_URL === undefined
  console.log(banner({ port: PORT, readyMs: performance.now(), ownsDatabase }))
  await ended
})

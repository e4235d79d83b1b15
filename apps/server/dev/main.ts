import { readDevelopmentEnv } from '../src/env.ts'
import { banner } from './banner.ts'
import { fillDatabase, openDatabase } from './database.ts'
import { readDevelopmentKeys } from './keys.ts'
import { liveUntilSignal } from './lifetime.ts'
import { startMail } from './mail.ts'
import { choosePorts } from './ports.ts'
import { waitUntilReady } from './ready.ts'
import { startTasks } from './tasks.ts'

// `pnpm dev`: a database, `turbo dev`, and a word when all of it answers.
await liveUntilSignal(async (atEnd, signal) => {
  const { PORT: port, API_PORT: apiPort, ...given } = readDevelopmentEnv()
  const { PORT, API_PORT } = await choosePorts({
    PORT: port,
    ...(apiPort && { API_PORT: apiPort }),
  })
  const [url, mail] = await Promise.all([openDatabase(given, atEnd), startMail(given, atEnd)])
  signal.throwIfAborted()

  const tasks = startTasks({
    ...mail,
    DATABASE_URL: url,
    ENCRYPTION_KEYS: readDevelopmentKeys(),
    PORT: String(PORT),
    API_PORT: String(API_PORT),
  })
  atEnd(tasks.stop)
  const ended = tasks.ended.then(() => {
    throw new Error('the development servers ended by themselves.')
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

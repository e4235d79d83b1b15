import { styleText } from 'node:util'
import { readDevelopmentEnv } from '../src/env.ts'
import { liveUntilSignal } from './lifetime.ts'
import { choosePorts, waitUntilReady } from './ports.ts'
import { demoAccounts } from './seed/people.ts'
import { startServers } from './servers.ts'
import { fillDatabase, openDatabase, readDevelopmentKeys, startMail } from './services.ts'

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

type Facts = { port: number; readyMs: number; ownsDatabase: boolean }

/** What a person needs to know once everything is up. */
function banner({ port, readyMs, ownsDatabase }: Facts): string {
  const origin = `http://localhost:${port}`
  const accounts = demoAccounts.map(({ email, password, role }) => `${email}  ${password}  ${role}`)
  const rows = [
    ['Open', styleText('cyan', origin)],
    ['API', styleText('cyan', `${origin}/api/reference`)],
    ['Mail', styleText('cyan', `${origin}/dev/mail`)],
    ['Sign in', accounts[0] ?? ''],
    ...accounts.slice(1).map((account) => ['', account]),
    ['Data', ownsDatabase ? '.galley/postgres' : 'the database in DATABASE_URL'],
    ['Stop', 'Ctrl-C'],
  ]
  const lines = rows.map(([label = '', text = '']) => `  ${label.padEnd(9)}${text}`)
  const title = styleText('bold', `Galley is ready in ${(readyMs / 1000).toFixed(1)} s`)
  return `\n  ${title}\n\n${lines.join('\n')}\n`
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startCluster } from '@galley/embedded-postgres'
import { freePort } from '@galley/testing/free-port'
import { demoAccounts } from '../dev/seed/people.ts'
import { appUrlOf } from '../dev/services.ts'
import { startWatched } from './watched.ts'

/** `pnpm dev` on a throw-away database, for the browser tests that it has to pass as the production build does. */
const main = fileURLToPath(new URL('../dev/main.ts', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'galley-dev-'))
const cluster = await startCluster({ dataDir: join(folder, 'postgres'), durable: false })
const migrationUrl = await cluster.ensureDatabase('galley')
const port = String(await freePort())
const origin = `http://localhost:${port}`

const dev = startWatched(main, {
  ...process.env,
  DATABASE_URL: appUrlOf(migrationUrl),
  MIGRATION_DATABASE_URL: migrationUrl,
  PORT: port,
  API_PORT: String(await freePort()),
  SIGN_UP: 'open',
  RATE_LIMIT_PER_MINUTE: '100000',
})
process.on('SIGTERM', () => dev.kill('SIGTERM'))
process.on('SIGINT', () => dev.kill('SIGINT'))

let isReady = false
dev.child.stdout.on('data', (text: string) => {
  if (isReady || !text.includes('Ctrl-C')) return
  isReady = true
  console.log(`Galley for tests at ${origin}, mail at ${origin}/dev/mail.json`)
})

await dev.exit
// The banner tells newcomers who they may sign in as.
const banner = demoAccounts.map(({ email, password }) => `${email}  ${password}`)
await dev.searchOutput('e2e-dev', (line) => banner.some((account) => line.includes(account)))
await cluster.stop()
await rm(folder, { recursive: true, force: true })

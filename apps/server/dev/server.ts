import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { childEnv, readDevelopmentEnv } from '../src/env.ts'
import { readDevelopmentKeys } from './keys.ts'
import { type AtEnd, liveUntilSignal } from './lifetime.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

// The `dev` script of this package: the server, started anew whenever a file that it uses changes.
await liveUntilSignal(async (atEnd, signal) => {
  const { DATABASE_URL } = readDevelopmentEnv()
  // Under `pnpm dev` the database has been prepared already.
  const url = DATABASE_URL ?? (await prepareDatabase(atEnd))
  signal.throwIfAborted()

  const child = spawn(process.execPath, ['--watch', '--watch-preserve-output', main], {
    env: childEnv({
      DATABASE_URL: url,
      ENCRYPTION_KEYS: readDevelopmentKeys(),
      NODE_ENV: 'development',
    }),
    stdio: 'inherit',
  })
  const ended = once(child, 'exit')
  atEnd(async () => {
    child.kill('SIGTERM')
    await ended
  })
  await ended
})

async function prepareDatabase(atEnd: AtEnd) {
  // Loaded when needed only: under `pnpm dev` each moment counts.
  const { fillDatabase, openDatabase } = await import('./database.ts')
  const url = await openDatabase({}, atEnd)
  await fillDatabase(url)
  return url
}

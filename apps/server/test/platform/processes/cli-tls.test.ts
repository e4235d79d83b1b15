// What `pnpm galley` sends first to a database on another machine.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { useTestDatabase } from '@galley/testing/database'
import { afterAll, expect, test } from 'vitest'
import { runProgram } from '../../program.ts'

const database = useTestDatabase()
const folder = mkdtempSync(path.join(tmpdir(), 'galley-cli-tls-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The codes in the first eight bytes of PostgreSQL's protocol. */
const SSL_REQUEST = 80_877_103
const VERSION_3 = 196_608

/** What a backup, which is read past the pool, begins the conversation with. */
async function firstWord(env: Record<string, string>, options = '') {
  const words: number[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', (data: Buffer) => {
      words.push(data.readInt32BE(4))
      socket.destroy()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  // This machine too, but no address of it that is known to be.
  const DATABASE_DIRECT_URL = `postgres://galley:secret@0.0.0.0:${port}/galley${options}`
  const all = { NODE_ENV: undefined, DATABASE_URL: database.url, ...env, DATABASE_DIRECT_URL }
  await runProgram('cli/main.ts', all, ['backup', '--to', folder])
  server.close()
  return words[0]
}

test('is a wish for TLS, in no environment the password', async () => {
  expect(await firstWord({})).toBe(SSL_REQUEST)
})

test('is the start without it where the address says so, in production too', async () => {
  expect(await firstWord({}, '?sslmode=disable')).toBe(VERSION_3)
  const production = {
    NODE_ENV: 'production',
    PUBLIC_ORIGIN: 'https://galley.example',
    SMTP_URL: 'smtp://127.0.0.1:9',
  }
  expect(await firstWord(production, '?sslmode=disable')).toBe(VERSION_3)
})

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readDevelopmentEnv } from '../src/env.ts'

const file = fileURLToPath(new URL('../../../.galley/encryption-keys', import.meta.url))

/** ENCRYPTION_KEYS for development: the given ones, or one that is made once and kept (mode 0600). */
export function readDevelopmentKeys(): string {
  const { ENCRYPTION_KEYS } = readDevelopmentEnv()
  if (ENCRYPTION_KEYS) return ENCRYPTION_KEYS
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, `dev:${randomBytes(32).toString('base64')}`, { mode: 0o600 })
  }
  return readFileSync(file, 'utf8').trim()
}

import { randomBytes } from 'node:crypto'
import { BootError } from '../src/boot-error.ts'
import { parseEnv } from '../src/env.ts'

export const databaseUrl = 'postgres://galley:9fJ2xK@db.internal:5432/galley'

const key = () => randomBytes(32).toString('base64')

/** Two keys, the first of which encrypts. */
export const twoKeys = `new:${key()},old:${key()}`

/** What production needs. */
export const production = {
  ENCRYPTION_KEYS: twoKeys,
  SMTP_URL: 'smtp://sender:x9f@mail.internal:587',
  NODE_ENV: 'production',
  DATABASE_URL: databaseUrl,
  PUBLIC_ORIGIN: 'https://galley.example',
}

/** Why it does not start with these variables; undefined where it does. */
export function problemOf(source: Record<string, string>) {
  try {
    parseEnv(source)
  } catch (error) {
    if (error instanceof BootError) return error.message
    throw error
  }
  return undefined
}

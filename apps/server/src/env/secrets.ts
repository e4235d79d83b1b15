import { z } from 'zod'
import { isDecodable, UNDECODABLE } from './addresses.ts'

/**
 * `postgres://user:password@host:5432/name`; the messages never repeat the value, it holds a password. As a browser writes
 * it: from an @ in the password on, the driver would take it for hosts.
 */
export const DatabaseUrl = z
  .string()
  .superRefine((value, ctx) => {
    const problem = findProblem(value)
    if (problem) ctx.addIssue({ code: 'custom', message: problem })
  })
  .transform((value) => new URL(value).href)

/** Several of them, separated by commas; a comma inside one is written %2C. */
export const DatabaseUrlList = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .pipe(z.array(DatabaseUrl))

function findProblem(value: string) {
  if (!URL.canParse(value)) return 'it cannot be read as an address'
  const url = new URL(value)
  if (!['postgres:', 'postgresql:'].includes(url.protocol)) return 'it must start with postgres://'
  if (!isDecodable(value)) return UNDECODABLE
  if (url.pathname.length < 2) return 'it names no database after the host'
  return undefined
}

const placeholders = new Set([
  'admin',
  'change-me',
  'change_me',
  'changeme',
  'changethis',
  'example',
  'galley',
  'pass',
  'passwd',
  'password',
  'placeholder',
  'postgres',
  'replace-me',
  'root',
  'secret',
  'test',
  'your-password',
  '123456',
])

/** Whether the password in a database address is one of those that examples use. */
export function isPlaceholderPassword(databaseUrl: string) {
  return placeholders.has(decodeURIComponent(new URL(databaseUrl).password).toLowerCase())
}

/** `id:key` separated by commas, the newest first; a key is 32 bytes in base64. The messages never repeat a key. */
export const EncryptionKeys = z.string().transform((value, ctx) => {
  const keys = value.split(',').map((part) => toKey(part.trim()))
  const ids = new Set(keys.map((key) => key?.id))
  if (keys.every((key) => key !== undefined) && ids.size === keys.length) return keys
  ctx.addIssue({
    code: 'custom',
    message: 'each part must be id:key, ids unlike each other, keys of 32 bytes in base64',
  })
  return z.NEVER
})

function toKey(part: string) {
  const [, id, encoded] = /^([\w-]{1,32}):([\w+/-]{43}=?)$/.exec(part) ?? []
  if (id === undefined || encoded === undefined) return undefined
  const key = Buffer.from(encoded, 'base64')
  return key.length === 32 ? { id, key } : undefined
}

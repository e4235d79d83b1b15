import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { BootError } from '../../../src/boot-error.ts'
import { parseEnv, variableDescriptions } from '../../../src/env.ts'
import { secretVariables, withFiles, withoutFilesOf } from '../../../src/env/files.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'
import { runToEnd } from '../../server-process.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'galley-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(content: string | Buffer, name = `secret-${Math.random()}`) {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}

const database = 'postgres://galley:9fJ2xK@db.internal:5432/galley'

function problemOf(source: Record<string, string>) {
  try {
    parseEnv({ DATABASE_URL: database, ENCRYPTION_KEYS, ...source })
  } catch (error) {
    if (error instanceof BootError) return error.message
    throw error
  }
  return undefined
}

test('what is a secret, or has one inside, can be in a file', () => {
  const told = Object.entries(variableDescriptions)
    .filter(([, text]) => /:password@|secret|^The key|^Keys/i.test(text))
    .map(([name]) => name)
  const known: readonly string[] = secretVariables
  expect(told.filter((name) => !known.includes(name))).toEqual([])
  expect(known.filter((name) => !(name in variableDescriptions))).toEqual([])
})

test('files take the place of the variables, without the line break at their end', () => {
  const env = parseEnv({
    DATABASE_URL_FILE: fileOf(`${database}\n`),
    ENCRYPTION_KEYS_FILE: fileOf(`${ENCRYPTION_KEYS}\r\n`),
    SMTP_URL_FILE: fileOf('smtp://sender:x9f@mail.internal:587'),
    REDIS_URL_FILE: '',
  })
  expect(env.DATABASE_URL).toBe(database)
  expect(env.ENCRYPTION_KEYS.map(({ id }) => id)).toEqual(['test'])
  expect(env.SMTP_URL).toBe('smtp://sender:x9f@mail.internal:587')
  expect(env.REDIS_URL).toBeUndefined()
  const { OTEL_EXPORTER_OTLP_HEADERS: headers } = parseEnv({
    DATABASE_URL: database,
    ENCRYPTION_KEYS,
    OTEL_EXPORTER_OTLP_HEADERS_FILE: fileOf('Authorization=Basic%20a2V5==, x-team=one\n'),
  })
  expect(headers).toEqual({ authorization: 'Basic a2V5==', 'x-team': 'one' })
  // Spaces may belong to a secret.
  const source = withFiles({ S3_SECRET_ACCESS_KEY_FILE: fileOf(' a b \n\n'), PORT: '1' })
  expect(source).toEqual({ S3_SECRET_ACCESS_KEY: ' a b ', PORT: '1' })
})

test('what stands in a file is checked like all else, and not repeated', () => {
  const message = problemOf({ SMTP_URL_FILE: fileOf('http://u:canary@mail') })
  expect(message).toMatch(/^SMTP_URL is not valid: /)
  expect(message).not.toContain('canary')
  const headers = problemOf({ OTEL_EXPORTER_OTLP_HEADERS_FILE: fileOf('canary') })
  expect(headers).toMatch(/^OTEL_EXPORTER_OTLP_HEADERS is not valid: write it as name=value/)
  expect(headers).not.toContain('canary')
})

describe('CF1 a file that cannot be used stops the start by the name of its variable', () => {
  const cases: [what: string, given: () => string, says: string][] = [
    ['is missing', () => path.join(folder, 'canary'), 'cannot be read (ENOENT).'],
    ['is empty', () => fileOf('', 'canary-1'), 'is empty.'],
    ['has line breaks only', () => fileOf('\r\n\n', 'canary-2'), 'is empty.'],
    ['is too large', () => fileOf('x'.repeat(65 * 1024), 'canary-3'), 'of over 64 KiB.'],
    [
      'is not text',
      () => fileOf(Buffer.from([0xff, 0xfe, 1])),
      'cannot be read (it is not UTF-8).',
    ],
    ['is a folder', () => folder, 'is no file.'],
  ]

  test.for(cases)('that %s', ([, given, says]) => {
    const message = problemOf({ REDIS_URL_FILE: given() })
    expect(message).toMatch(/^REDIS_URL_FILE names /)
    expect(message).toMatch(new RegExp(`${says.replaceAll(/[.()]/g, '\\$&')}$`))
    expect(message).not.toMatch(/canary|galley-secrets/)
  })

  test('each of several, and one that is set in both ways', () => {
    const message = problemOf({
      DATABASE_URL_FILE: fileOf(database),
      REDIS_URL_FILE: '/no/such/file',
    })
    expect(message).toBe(
      'DATABASE_URL and DATABASE_URL_FILE are both set: keep one. REDIS_URL_FILE names a file that cannot be read (ENOENT).',
    )
  })

  test('in a line of the server', async () => {
    mkdirSync(path.join(folder, 'mounted'))
    const { code, stdout, stderr } = await runToEnd({
      DATABASE_URL_FILE: path.join(folder, 'mounted'),
    })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toBe(
      'Galley did not start: DATABASE_URL_FILE names something that is no file.\n',
    )
  })
})

test('a process that is started with a secret of its own does not get the file of its parent', () => {
  const parent = { DATABASE_URL_FILE: '/a', SMTP_URL_FILE: '/b', PATH: '/bin' }
  expect(withoutFilesOf(parent, { DATABASE_URL: database })).toEqual({
    SMTP_URL_FILE: '/b',
    PATH: '/bin',
  })
})

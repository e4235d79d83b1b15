import { describe, expect, test } from 'vitest'
import { parseEnv, variableDescriptions } from '../../../src/env.ts'
import { needsTls } from '../../../src/env/addresses.ts'
import { databasesWithTls, databaseVariables } from '../../../src/env/database.ts'
import { databaseUrl, problemOf, production } from '../../env.ts'

describe('CF1 production', () => {
  test.for(['DATABASE_URL', 'ENCRYPTION_KEYS', 'PUBLIC_ORIGIN', 'SMTP_URL'])('needs %s', (name) => {
    expect(problemOf({ ...production, [name]: '' })).toBe(
      `${name} is missing. ${variableDescriptions[name]}`,
    )
  })

  test.for(['change-me', 'PASSWORD', 'postgres', 'your-password', '123456'])(
    'refuses the password %s',
    (password) => {
      const source = { ...production, DATABASE_URL: `postgres://u:${password}@h/d` }
      expect(problemOf(source)).toMatch(/^DATABASE_URL holds a placeholder/)
      expect(problemOf({ ...source, NODE_ENV: 'development' })).toBeUndefined()
    },
  )

  test('refuses a key that is not random', () => {
    const ENCRYPTION_KEYS = `a:${Buffer.alloc(32).toString('base64')}`
    expect(problemOf({ ...production, ENCRYPTION_KEYS })).toMatch(/^ENCRYPTION_KEYS holds a key/)
  })

  test('needs https, but for this very machine', () => {
    expect(problemOf({ ...production, PUBLIC_ORIGIN: 'http://galley.example' })).toMatch(
      /^PUBLIC_ORIGIN must start with https/,
    )
    expect(problemOf({ ...production, PUBLIC_ORIGIN: 'http://localhost:3000' })).toBeUndefined()
  })
})

describe('CF1 in production what goes to other machines is encrypted', () => {
  const databaseOf = (url: string, NODE_ENV = 'production') =>
    parseEnv({ ...production, NODE_ENV, DATABASE_URL: url }).DATABASE_URL

  test.each([
    ['postgres://g:9fJ2xK@db/galley', 'postgres://g:9fJ2xK@db/galley?sslmode=require'],
    ['postgres://g:9fJ2xK@10.0.0.7/galley', 'postgres://g:9fJ2xK@10.0.0.7/galley?sslmode=require'],
    [
      'postgres://g:9fJ2xK@db/galley?sslmode=verify-full',
      'postgres://g:9fJ2xK@db/galley?sslmode=verify-full',
    ],
    ['postgres://g:9fJ2xK@db/galley?sslmode=disable', 'postgres://g:9fJ2xK@db/galley'],
    ['postgres://g:9fJ2xK@localhost/galley', 'postgres://g:9fJ2xK@localhost/galley'],
    ['postgres://g:9fJ2xK@127.0.0.3:1/galley', 'postgres://g:9fJ2xK@127.0.0.3:1/galley'],
    ['postgres://g:9fJ2xK@[::1]/galley', 'postgres://g:9fJ2xK@[::1]/galley'],
  ])('%s: %s', (given, used) => {
    expect(databaseOf(given)).toBe(used)
  })

  test('also to each of DATABASE_REPLICA_URLS', () => {
    const [one, other] = ['postgres://g:9fJ2xK@db-2/galley', 'postgres://g:9fJ2xK@db-3/galley']
    const given = { ...production, DATABASE_REPLICA_URLS: `${one}, ${other}` }
    const used = [`${one}?sslmode=require`, `${other}?sslmode=require`]
    expect(parseEnv(given).DATABASE_REPLICA_URLS).toEqual(used)
    expect(() => parseEnv({ ...given, DATABASE_REPLICA_URLS: `${one},x:secret` })).toThrow(
      /DATABASE_REPLICA_URLS is not valid: it must start with postgres/,
    )
  })

  test('also to every other address of a database', () => {
    const names = Object.keys(databaseVariables).filter((name) => /_URLS?$/.test(name))
    expect(names.length).toBeGreaterThan(3)
    const given = parseEnv({
      ...production,
      ...Object.fromEntries(names.map((name) => [name, databaseUrl])),
    })
    const development = databasesWithTls({ ...given, DATABASE_URL: databaseUrl })
    for (const env of [given, development]) {
      const used = Object.entries(env).filter(([name]) => names.includes(name))
      expect(used).toHaveLength(names.length)
      for (const [name, value] of used) {
        expect([value].flat(), name).toEqual([`${databaseUrl}?sslmode=require`])
      }
    }
  })

  test('but not in development', () => {
    expect(databaseOf(databaseUrl, 'development')).toBe(databaseUrl)
  })

  test('Redis on another machine is refused without', () => {
    expect(problemOf({ ...production, REDIS_URL: 'redis://cache:6379' })).toMatch(
      /REDIS_URL must start with rediss:\/\/ in production/,
    )
  })

  test.each(['redis://cache:6379?tls=off', 'rediss://cache:6379', 'redis://localhost:6379'])(
    '%s is taken',
    (REDIS_URL) => {
      expect(problemOf({ ...production, REDIS_URL })).toBeUndefined()
    },
  )

  test('a mail server may be used without, where its address says so', () => {
    const SMTP_URL = 'smtp://sender:x9f@mail.internal:587?tls=off'
    expect(parseEnv({ ...production, SMTP_URL }).SMTP_URL).toBe(SMTP_URL)
    expect(needsTls(SMTP_URL)).toBe(false)
    expect(needsTls(production.SMTP_URL)).toBe(true)
    expect(needsTls('smtp://127.0.0.1:25')).toBe(false)
  })
})

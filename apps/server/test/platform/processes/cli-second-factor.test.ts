import { PassThrough } from 'node:stream'
import { recoveryCodes, totpCredentials } from '@galley/db/schema'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { describe, expect, test } from 'vitest'
import { confirm } from '../../../src/cli/ask.ts'
import { runProgram } from '../../program.ts'

const database = useTestDatabase()

const reset = (...args: string[]) =>
  runProgram('cli/main.ts', { DATABASE_URL: database.url }, ['second-factor', 'reset', ...args])

// Each command is a process of its own.
describe('galley second-factor reset', { timeout: 60_000 }, () => {
  test('takes it away once it is confirmed, signs out and leaves a line in the audit log', async () => {
    const { id: userId, email } = await insertUser(database.db, { role: 'admin' })
    const confirmedAt = new Date()
    await database.db.insert(totpCredentials).values({ userId, secretEncrypted: 'x', confirmedAt })
    await database.db.insert(recoveryCodes).values({ userId, codeHash: 'x' })
    await database.sql`
      insert into sessions (id, user_id, expires_at, absolute_expires_at)
      values (${'a'.repeat(64)}, ${userId}, now() + interval '1 day', now() + interval '1 day')`

    expect(await reset('--email', email)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'galley: There is nobody to ask. Confirm with --yes.\n',
    })
    expect(await database.db.$count(totpCredentials)).toBe(1)

    expect(await reset('--email', email.toUpperCase(), '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${email} signs in without a second factor now`),
      stderr: '',
    })
    const [left] = await database.sql`
      select (select count(*)::int from totp_credentials) as totps,
        (select count(*)::int from recovery_codes) as codes,
        (select count(*)::int from sessions) as sessions`
    expect(left).toEqual({ totps: 0, codes: 0, sessions: 0 })
    expect(
      await database.sql`select action, actor_kind from audit_log where subject_id = ${userId}`,
    ).toEqual([{ action: 'second-factor.reset', actor_kind: 'system' }])

    expect(await reset('--email', email, '--yes')).toMatchObject({
      code: 1,
      stderr: 'galley: The second factor is off.\n',
    })
  })

  test.each([
    [['--email', 'nobody@example.com', '--yes'], 1, /^galley: There is no such user\.\n$/],
    [['--yes'], 2, /^galley: --email: .+\nUsage: /],
    [['--email', 'x', '--yes'], 2, /^galley: --email: Must be an e-mail address/],
    [['--email', 'a@example.com', '--force'], 2, /^galley: Unknown option '--force'/],
  ])('says what is wrong with %j', async (args, code, says) => {
    expect(await reset(...args)).toEqual({ code, stdout: '', stderr: expect.stringMatching(says) })
  })
})

describe('the question at a terminal', () => {
  const answer = (typed: string) => {
    const input = Object.assign(new PassThrough(), { isTTY: true })
    const confirmed = confirm('Sure?', input, new PassThrough())
    setImmediate(() => input.write(typed))
    return confirmed
  }

  test.each([
    ['y\r', true],
    ['Yes\r', true],
    ['\r', false],
    ['n\r', false],
    ['yesterday\r', false],
  ])('%j is %s', async (typed, expected) => {
    expect(await answer(typed)).toBe(expected)
  })

  test('Ctrl-C ends it', async () => {
    await expect(answer('\u0003')).rejects.toThrow('Interrupted.')
  })
})

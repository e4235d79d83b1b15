import { PassThrough } from 'node:stream'
import { createPasswordHasher } from '@galley/auth/passwords'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { describe, expect, test } from 'vitest'
import { readPassword } from '../../../src/cli/ask.ts'
import { runProgram } from '../../program.ts'

const database = useTestDatabase()
const password = 'seventeen blue herons'

async function galley(args: string[], input = `${password}\n`, env: Record<string, string> = {}) {
  const ended = await runProgram('cli/main.ts', { DATABASE_URL: database.url, ...env }, args, input)
  expect(ended.stdout + ended.stderr).not.toContain(password)
  return ended
}

const stored = async (email: string) => {
  const [row] = await database.sql`
    select users.*, password_hash from users left join credentials on user_id = id
    where email = ${email}`
  return row
}
const auditedFor = (id: string) =>
  database.sql`select action, actor_kind, after from audit_log where subject_id = ${id} order by id`

// Each command is a process of its own.
describe('galley admin create', { timeout: 60_000 }, () => {
  test('AU10 makes a verified admin who can sign in with the password of standard input', async () => {
    const args = ['--email', 'First@Example.com', '--username', 'first', '--name', 'The First']
    expect(await galley(['admin', 'create', ...args])).toEqual({
      code: 0,
      stdout: 'first@example.com is admin.\n',
      stderr: '',
    })
    const row = await stored('first@example.com')
    expect(row).toMatchObject({
      username: 'first',
      display_name: 'The First',
      role: 'admin',
      status: 'active',
      email_verified_at: expect.anything(),
    })
    expect(await createPasswordHasher().verify(row?.password_hash, password)).toBe(true)
    expect(await auditedFor(row?.id)).toMatchObject([
      { action: 'user.created', actor_kind: 'system', after: { role: 'admin' } },
    ])
  })

  test('leaves an account that is there alone, unless asked to promote it', async () => {
    const { id, email } = await insertUser(database.db, { username: 'there-already' })
    const args = ['admin', 'create', '--email', email]
    expect(await galley([...args, '--username', 'another'])).toMatchObject({
      code: 1,
      stderr: 'galley: There is an account with this address. --promote makes it admin.\n',
    })
    expect(await stored(email)).toMatchObject({ role: 'author', username: 'there-already' })
    expect(await galley([...args, '--promote'], '')).toMatchObject({
      code: 0,
      stdout: `${email} is admin.\n`,
    })
    expect(await galley([...args, '--promote'], '')).toMatchObject({ code: 0 })
    expect(await stored(email)).toMatchObject({ role: 'admin', password_hash: null })
    expect(await auditedFor(id)).toMatchObject([
      { action: 'user.role-changed', after: { role: 'admin' } },
    ])
  })

  test('promotes nobody who is unknown, unverified or suspended', async () => {
    const unverified = await insertUser(database.db, { emailVerifiedAt: null })
    const suspended = await insertUser(database.db, { status: 'suspended' })
    for (const [email, says] of [
      ['nobody@example.com', 'There is no such user.'],
      [unverified.email, 'The address of this account is not verified yet.'],
      [suspended.email, 'This account is suspended and can only read.'],
    ] as const) {
      expect(await galley(['admin', 'create', '--email', email, '--promote'], '')).toEqual({
        code: 1,
        stdout: '',
        stderr: `galley: ${says}\n`,
      })
    }
    expect(await stored(unverified.email)).toMatchObject({ role: 'author' })
  })

  test.each([[[]], [['help']], [['--help']]])('%j lists the commands', async (args) => {
    const { code, stdout, stderr } = await galley(args)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Usage: pnpm galley admin create/)
  })

  test.each([
    [['admin'], /^galley: There is no such command\.\nUsage: /],
    [
      ['admin', 'create', '--email', 'x', '--username', 'fine'],
      /--email: Must be an e-mail address/,
    ],
    [['admin', 'create', '--email', 'a@example.com'], /--username: /],
    [['admin', 'create', '--email', 'a@example.com', '--username', '!'], /--username: Use 3 to 30/],
    [['admin', 'create', '--password', 'x'], /^galley: Unknown option '--password'/],
  ])('says what is wrong with %j, and how it should be', async (args, says) => {
    const { code, stdout, stderr } = await galley(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(says)
    expect(stderr).toContain('Usage: pnpm galley admin create')
    expect(stderr).not.toMatch(/node:|\.ts:/)
  })

  test.each([
    ['short', /Must be at least 8 characters/],
    ['password1', /too common/],
    ['', /Must be at least 8 characters/],
  ])('takes no weak password: "%s"', async (weak, says) => {
    const args = ['admin', 'create', '--email', 'weak@example.com', '--username', 'weak-one']
    const { code, stderr } = await galley(args, `${weak}\n`)
    expect(code).toBe(1)
    expect(stderr).toMatch(says)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(await stored('weak@example.com')).toBeUndefined()
  })

  test('a database that is not there is one line', async () => {
    const args = ['admin', 'create', '--email', 'a@example.com', '--username', 'somebody']
    const env = { DATABASE_URL: 'postgres://u:canary@127.0.0.1:1/x' }
    const { code, stderr } = await galley(args, undefined, env)
    expect(code).toBe(1)
    expect(stderr).toMatch(/^galley: DATABASE_URL: the database does not answer [^\n]+\n$/)
    expect(stderr).not.toContain('canary')
  })
})

describe('at a terminal', () => {
  /** Types one line after each question. */
  async function ask(lines: string[]) {
    const input = Object.assign(new PassThrough(), { isTTY: true })
    const output = new PassThrough()
    let shown = ''
    output.on('data', (chunk) => {
      shown += String(chunk)
      if (shown.endsWith(': ')) setImmediate(() => input.write(`${lines.shift()}\r`))
    })
    const answer = await readPassword(input, output).catch((error: unknown) => error)
    return { answer, shown }
  }

  test('the password is asked for twice and never shown', async () => {
    expect(await ask([password, password])).toEqual({
      answer: password,
      shown: 'Password: \nAgain: \n',
    })
  })

  test('two different ones are refused', async () => {
    const { answer } = await ask([password, 'another'])
    expect(answer).toMatchObject({ message: 'The two passwords are not the same.' })
  })
})

test(
  'JW4 galley keys revoke makes a new key and expires all others',
  { timeout: 60_000 },
  async () => {
    const keys = () => database.sql`select id from signing_keys where expires_at > now()`
    const first = await galley(['keys', 'revoke'])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(/^Every access token has ended\. [\w-]+ signs from now on\.\n$/)
    const [before] = await keys()
    await galley(['keys', 'revoke'])
    const after = await keys()
    expect(after).toHaveLength(1)
    expect(after[0]?.id).not.toBe(before?.id)
    expect(await galley(['keys', 'revoke', '--all'])).toMatchObject({ code: 2, stdout: '' })
  },
)

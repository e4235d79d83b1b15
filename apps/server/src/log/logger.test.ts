import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'

const canary = 'what-must-not-be-read'

async function lineOf(object: object, bindings = {}): Promise<string> {
  const lines: string[] = []
  const logger = await createLogger(
    { NODE_ENV: 'test', LOG_LEVEL: 'info' },
    { write: (line) => void lines.push(line) },
  )
  logger.child(bindings).info(object, 'said')
  return lines.join('')
}

test.for(['authorization', 'cookie', 'password', 'passwordHash', 'secret', 'token', 'set-cookie'])(
  'LG1 %s is hidden at the depths that log calls use, in lists and in bindings',
  async (name) => {
    const secret = { [name]: canary }
    for (const object of [
      secret,
      { a: secret },
      { a: { b: secret } },
      { a: [secret, { b: secret }] },
    ]) {
      const line = await lineOf(object)
      expect(line).not.toContain(canary)
      expect(line).toContain('[secret]')
    }
    expect(await lineOf({}, secret)).not.toContain(canary)
  },
)

test('the rest is logged unchanged, and the object of the caller is left alone', async () => {
  const object = { a: 1, at: new Date(0), list: [1, 'two'], none: null, deep: { token: canary } }
  expect(JSON.parse(await lineOf(object))).toMatchObject({
    a: 1,
    at: '1970-01-01T00:00:00.000Z',
    list: [1, 'two'],
    none: null,
    deep: { token: '[secret]' },
  })
  expect(object.deep.token).toBe(canary)
})

test('an error is logged by its serializer', async () => {
  const error = Object.assign(new Error('failed'), { token: canary })
  const line = await lineOf({ err: error })
  expect(line).toContain('failed')
  expect(line).not.toContain(canary)
})

test('what is logged at the very end is written: why a process gave up', async () => {
  const script = `
    import { createLogger } from '${new URL('logger.ts', import.meta.url).href}'
    const log = await createLogger({ NODE_ENV: 'production', LOG_LEVEL: 'info' })
    log.error('shutdown took too long')
    process.exit(1)`
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  await expect(run).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('shutdown took too long'),
  })
})

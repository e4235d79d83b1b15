import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHttpClient } from '@galley/http/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createBreaches } from './breaches.ts'
import { createPasswordRules } from './password-rules.ts'

const breached = 'a known but uncommon phrase'
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()

describe('without a service', () => {
  const rules = createPasswordRules()

  test.each(['password1', 'QWERTYUIOP', 'iloveyou', 'football'])(
    'AU3: %s is among those that are tried first',
    async (password) => {
      expect(await rules.check(password, [])).toBe('too-common')
    },
  )

  test.each([
    ['galley2026!', ['Galley', 'ada@example.org', 'ada-lovelace']],
    ['ADA-lovelace-1', ['Galley', 'ada@example.org', 'ada-lovelace']],
    ['lovelace lovelace', ['Galley', 'ada-lovelace']],
  ])('AU3: %s is made of what anybody can guess', async (password, words) => {
    expect(await rules.check(password, words)).toBe('too-common')
  })

  test.each(['seventeen blue herons', 'the galley sails at noon', '🦊🌲🦊🌲🦊🌲🦊🌲'])(
    '%s passes',
    async (password) => {
      expect(await rules.check(password, ['Galley', 'ada-lovelace'])).toBe('ok')
    },
  )
})

describe('with a service that speaks the range protocol', () => {
  const seen: { url: string | undefined; padding: unknown }[] = []
  let answer: (prefix: string) => { status: number; body: string; delayMs?: number }
  const server = createServer((request, response) => {
    seen.push({ url: request.url, padding: request.headers['add-padding'] })
    const { status, body, delayMs = 0 } = answer(request.url?.split('/').at(-1) ?? '')
    setTimeout(() => response.writeHead(status).end(body), delayMs)
  })
  const http = createHttpClient()
  let url = ''

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await http.close()
    server.closeAllConnections()
    server.close()
  })
  beforeEach(() => {
    seen.length = 0
    answer = () => ({
      status: 200,
      body: `${'0'.repeat(35)}:0\r\n${sha1(breached).slice(5)}:42\r\n${sha1('padded only').slice(5)}:0`,
    })
  })

  test('a known password is refused; only five digits of its hash leave', async () => {
    const rules = createPasswordRules({ breaches: createBreaches({ http, url }) })
    expect(await rules.check(breached, [])).toBe('breached')
    expect(seen).toEqual([{ url: `/range/${sha1(breached).slice(0, 5)}`, padding: 'true' }])
    expect(await rules.check('padded only', [])).toBe('ok')
    expect(await rules.check('seventeen blue herons', [])).toBe('ok')
  })

  test('a range is asked for once', async () => {
    const rules = createPasswordRules({ breaches: createBreaches({ http, url }) })
    await rules.check(breached, [])
    await rules.check(breached, [])
    expect(seen).toHaveLength(1)
  })

  test.each([
    ['is down for a moment', 'breached', 3],
    ['stays down', 'ok', 3],
  ])('a service that %s: %s', async (kind, verdict, calls) => {
    const known = answer
    answer = (prefix) =>
      kind === 'stays down' || seen.length < 3 ? { status: 503, body: '' } : known(prefix)
    const failures: unknown[] = []
    const onFailure = (error: unknown) => failures.push(error)
    const rules = createPasswordRules({ breaches: createBreaches({ http, url, onFailure }) })
    expect(await rules.check(breached, [])).toBe(verdict)
    expect(seen).toHaveLength(calls)
    expect(failures).toHaveLength(verdict === 'ok' ? 1 : 0)
  })

  test('a service that is slow, or gone, lets the password through', async () => {
    answer = () => ({ status: 200, body: '', delayMs: 10_000 })
    const slow = createPasswordRules({ breaches: createBreaches({ http, url }) })
    expect(await slow.check(breached, [])).toBe('ok')
    const gone = createPasswordRules({
      breaches: createBreaches({ http, url: 'http://127.0.0.1:1' }),
    })
    expect(await gone.check(breached, [])).toBe('ok')
  })
})

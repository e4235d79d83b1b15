import { Secret } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { createTotp } from './second-factor.ts'

const totp = createTotp({ name: 'The: Tide & Co' })

/** RFC 6238, appendix B, SHA-1; the six last digits of its eight. */
const vectors = [
  { seconds: 59, code: '287082' },
  { seconds: 1_111_111_109, code: '081804' },
  { seconds: 1_111_111_111, code: '050471' },
  { seconds: 1_234_567_890, code: '005924' },
  { seconds: 2_000_000_000, code: '279037' },
  { seconds: 20_000_000_000, code: '353130' },
]
const secret = Secret.fromLatin1('12345678901234567890').base32
const at = (seconds: number) => new Date(seconds * 1000)

describe('RFC 6238', () => {
  test.each(vectors)('the code of second $seconds is $code', ({ seconds, code }) => {
    expect(totp.stepOf(secret, code, at(seconds))).toBe(Math.floor(seconds / 30))
    expect(totp.stepOf(secret, code.replace(/^./, '9'), at(seconds))).toBeNull()
  })

  test('a code is good for one step to either side, and is known as that of its own step', () => {
    const step = Math.floor(1_234_567_890 / 30)
    const steps = [-2, -1, 0, 1, 2].map((away) =>
      totp.stepOf(secret, '005924', at(1_234_567_890 + away * 30)),
    )
    expect(steps).toEqual([null, step, step, step, null])
  })

  test('what is no code is wrong, not an error', () => {
    for (const code of ['', '12345', '1234567', 'abcdef', '٠٠٥٩٢٤', '005924\0', '-05924']) {
      expect(totp.stepOf(secret, code, at(1_234_567_890))).toBeNull()
    }
  })
})

test('a new secret has 160 bits, is another each time, and comes as address and picture', () => {
  const one = totp.create('ada@example.com')
  expect(one.secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(totp.create('ada@example.com').secret).not.toBe(one.secret)
  const uri = new URL(one.uri)
  expect(decodeURIComponent(uri.pathname)).toContain('ada@example.com')
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'The Tide & Co',
    secret: one.secret,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
  expect(one.qrSvg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^]*<\/svg>$/)
})

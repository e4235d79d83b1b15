import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { line, multiline } from './primitives.ts'
import { hasVisibleText, truncate } from './text.ts'

const messagesOf = (result: { error?: { issues: { message: string }[] } | undefined }) =>
  result.error?.issues.map(({ message }) => message)

test.each(['a', '.', '東', '❤️', '\u0600', 'e\u0301', '\u200Fא', '�'])(
  'something is seen of %j',
  (text) => {
    expect(hasVisibleText(text)).toBe(true)
  },
)

const blanks = [
  '\u200B',
  '\u3164',
  '\u2800',
  '\u00AD',
  '\uFE0F',
  '\u115F',
  '\uFEFF',
  '\u202E',
  '\u{E0020}',
]

test.each(['', ' \n\t', '\u00A0', '\u0301', '\u001B', ...blanks])(
  'nothing is seen of %j',
  (text) => {
    expect(hasVisibleText(text)).toBe(false)
  },
)

test('nothing is seen of any mixture of what is not seen', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(' ', '\n', '\u0308', ...blanks)), (parts) => {
      expect(hasVisibleText(parts.join(''))).toBe(false)
      expect(hasVisibleText([...parts, 'a', ...parts].join(''))).toBe(true)
    }),
  )
})

test('a line may be empty, but not of what nobody sees', () => {
  expect(line(10).parse(' \u00A0\t ')).toBe('')
  expect(messagesOf(line(10).safeParse('\u200B'))).toEqual(['Must contain visible text.'])
  expect(messagesOf(line(10).safeParse('\u3164 \u3164'))).toEqual(['Must contain visible text.'])
})

test.each(['\u001B[31mred', 'a\u0007', 'a\u007Fb', 'a\u0085b', 'a\u009Bb'])(
  'a line holds no control characters: %j',
  (text) => {
    expect(messagesOf(line(80).safeParse(text))).toEqual(['Must not contain control characters.'])
  },
)

test.each([
  '\u202A',
  '\u202B',
  '\u202C',
  '\u202D',
  '\u202E',
  '\u2066',
  '\u2067',
  '\u2068',
  '\u2069',
])('a line holds nothing that turns text around: %j', (control) => {
  expect(messagesOf(line(80).safeParse(`invoice${control}gpj.exe`))).toEqual([
    'Must not contain characters that change the direction of text.',
  ])
})

test('the marks that writers of Hebrew and Arabic type stay', () => {
  for (const mark of ['\u200E', '\u200F', '\u061C']) {
    expect(line(80).parse(`C++${mark} א`)).toBe(`C++${mark} א`)
  }
})

test('a letter carries at most 30 marks', () => {
  const marks = '\u0315'.repeat(15) + '\u0300'.repeat(15)
  for (const field of [line(100), multiline(100)]) {
    expect(field.safeParse(`a${marks}`).success).toBe(true)
    expect(messagesOf(field.safeParse(`a${marks}\u0300`))).toEqual([
      'A letter must not carry more than 30 accents or other marks.',
    ])
  }
})

test('characters are code points', () => {
  expect(multiline(3).parse('👍👍👍')).toBe('👍👍👍')
  expect(messagesOf(multiline(3).safeParse('👍👍👍👍'))).toEqual(['Must be at most 3 characters.'])
})

test('what is too long is refused as it came, before anything else is looked at', () => {
  const long = 'e\u0301\0\uD800'.repeat(300_000)
  expect(messagesOf(line(200).safeParse(long))).toEqual(['Must be at most 200 characters.'])
})

test('a text is cut between characters', () => {
  expect(truncate('ab', 3)).toBe('ab')
  expect(truncate(`${'a'.repeat(79)}👍`, 80)).toBe(`${'a'.repeat(79)}👍`)
  expect(truncate(`${'a'.repeat(80)}👍`, 80)).toBe('a'.repeat(80))
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, max) => {
      expect(truncate(text, max)).toBe(Array.from(text).slice(0, max).join(''))
    }),
  )
})

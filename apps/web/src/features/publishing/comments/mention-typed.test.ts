import { expect, test } from 'vitest'
import { matching, typedMention } from './mention-typed.ts'

test.each([
  ['@', ''],
  ['Ask @mi', 'mi'],
  ['(@Tom-b', 'Tom-b'],
  ['é @Žof', 'Žof'],
  ['a\n@mi', 'mi'],
])('%j is the beginning of a mention: %j', (value, text) => {
  expect(typedMention(value, value.length)).toEqual({
    text,
    start: value.length - text.length - 1,
    end: value.length,
  })
})

test.each(['', 'mi', 'me@example', '@mi ', '@@mi', '/@mi', `@${'a'.repeat(31)}`])(
  '%j is none',
  (value) => {
    expect(typedMention(value, value.length)).toBeUndefined()
  },
)

test('it ends at the caret', () => {
  expect(typedMention('@mira and', 3)).toEqual({ text: 'mi', start: 0, end: 3 })
  expect(typedMention('@mira and', 9)).toBeUndefined()
})

test('people of the thread come first, each once, and never the person who types', () => {
  const person = (username: string, displayName = username) => ({ username, displayName })
  const thread = [person('mira-okafor', 'Mira Okafor'), person('me', 'Michael'), person('tom')]
  const found = [person('mila'), person('mira-okafor', 'Mira Okafor')]
  const names = (typed: string) =>
    matching(typed, thread, found, 'me').map(({ username }) => username)
  expect(names('mi')).toEqual(['mira-okafor', 'mila'])
  expect(names('Oka')).toEqual(['mira-okafor'])
  expect(names('')).toEqual(['mira-okafor', 'tom', 'mila'])
})

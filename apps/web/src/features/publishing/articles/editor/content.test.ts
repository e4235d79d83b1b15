import { describe, expect, test } from 'vitest'
import { countWords as countWordsOfText } from '@galley/contract/publishing/words'
import { changedFields, changesToSave, countWords, emptyContent } from './content.ts'

describe('changesToSave', () => {
  test('is empty when nothing changed', () => {
    const again = { ...emptyContent, tags: [] }
    expect(changesToSave(emptyContent, again)).toEqual({ changes: {}, errors: {} })
  })

  test('holds only the fields that changed', () => {
    const after = { ...emptyContent, title: 'A title', tags: ['one'] }
    expect(changesToSave(emptyContent, after).changes).toEqual({ title: 'A title', tags: ['one'] })
  })

  test('an emptied cover is no cover', () => {
    const before = { ...emptyContent, coverUrl: '/a.svg' }
    expect(changesToSave(before, emptyContent).changes).toEqual({ coverUrl: null })
  })

  test('a language is sent, and taken back as none', () => {
    const after = { ...emptyContent, language: 'ar' }
    expect(changesToSave(emptyContent, after).changes).toEqual({ language: 'ar' })
    expect(changesToSave(after, emptyContent).changes).toEqual({ language: null })
  })

  test('saves what is valid and names what is not', () => {
    const after = { ...emptyContent, body: 'Text', coverUrl: 'javascript:alert(1)' }
    const { changes, errors } = changesToSave(emptyContent, after)
    expect(changes).toEqual({ body: 'Text' })
    expect(errors).toEqual({ coverUrl: expect.stringContaining('https://') })
  })
})

test('changedFields tells tags apart by their order', () => {
  const before = { ...emptyContent, tags: ['a', 'b'] }
  expect(changedFields(before, { ...before, tags: ['b', 'a'] })).toEqual(['tags'])
})

test.each([
  ['', 0],
  ['# A **bold** word', 3],
  ["don't well-known 3 times", 5],
  ['— * 1. >', 1],
  ['[a link](https://example.com/a-b-c)', 2],
  ['![a](/b](/c](/d', 4],
])('%j has %i words', (markdown, words) => {
  expect(countWords(markdown)).toBe(words)
})

test('text without spaces has as many words in the editor as in the article', () => {
  const japanese = '私は東京に住んでいます。'.repeat(20)
  expect(countWords(japanese)).toBe(countWordsOfText(japanese))
  expect(countWords(japanese)).toBeGreaterThan(80)
})

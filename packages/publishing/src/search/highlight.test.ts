import { expect, test } from 'vitest'
import { likelyWords } from './highlight.ts'
import { termsOf } from './terms.ts'

const textsOf = [
  'The tree stands small, 3 treetops high: TREES!',
  'tree',
  ' t1 2t _tree_ tree-tops "trees" it’s — thin… T',
  '…trees–trees\u2028trees\ttrees\0trees',
  '',
]

// A letter with a mark has a text looked through by an expression.
test.each(textsOf)('the same words of %j are found with and without marks', (title) => {
  const ofTitle = (text: string, q: string) =>
    likelyWords({ title: text, description: '', excerpt: '' }, termsOf(q))
  for (const q of ['tree', 'Trees 3', 'été']) {
    const unordered = expect.arrayContaining(ofTitle(`${title} ñ`, q))
    expect(ofTitle(title, q)).toEqual(unordered)
    expect(ofTitle(`${title} ñ`, q)).toHaveLength(ofTitle(title, q).length)
  }
})

test('words that begin as a term does are likely, with their places', () => {
  const fields = { title: 'Three small Trees', description: 'tall', excerpt: '…a tree, 3 high…' }
  expect(likelyWords(fields, termsOf('tree'))).toEqual([
    { field: 'title', start: 0, text: 'Three' },
    { field: 'title', start: 12, text: 'Trees' },
    { field: 'description', start: 0, text: 'tall' },
    { field: 'excerpt', start: 3, text: 'tree' },
  ])
})

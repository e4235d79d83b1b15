import { expect, test } from 'vitest'
import { trimDocument } from '../../src/strip/documents.ts'

const trim = (text: string) => trimDocument(text, 'shop', (path) => !path.includes('shop'))

test('marked parts go, to the end where the mark stays open', () => {
  expect(trim('a\n<!-- shop -->\nb\n<!-- /shop -->\nc\n')).toBe('a\nc\n')
  expect(trim('a\n\n<!-- shop -->\nb\n')).toBe('a\n')
  expect(trim('<!-- shop -->\n# All of it\n')).toBeNull()
})

test('a marker in backquotes is text', () => {
  const text = 'a\n<!-- shop -->\n`<!-- shop -->` and `<!-- /shop -->` enclose it.\n'
  expect(trim(text)).toBe('a\n')
  expect(trim(`${text}<!-- /shop -->\nb\n`)).toBe('a\nb\n')
  const beside = '`a`<!-- shop -->, `b`<!-- /shop -->, <!-- shop -->`c`, <!-- /shop -->`d`\n'
  expect(trim(beside)).toBe('`a`, `d`\n')
})

test('what both parts share is the platform alone', () => {
  expect(trim('2  shop -> platform\n`features/{platform,shop}/a`\n')).toBe(
    '2  platform\n`features/platform/a`\n',
  )
})

test('a row goes when all that it names is gone, and loses what is', () => {
  expect(trim('| carts | `src/shop/cart.ts` |\n| x | `src/a.ts`, `src/shop/b.ts` |\n')).toBe(
    '| x | `src/a.ts` |\n',
  )
})

test('a link to a removed document becomes its words', () => {
  expect(trim('see [the shop](shop.md) and [this](a.md)\n')).toBe('see the shop and [this](a.md)\n')
})

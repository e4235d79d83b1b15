import { expect, test } from 'vitest'
import { renderDocument } from './pipeline.ts'
import { renderPlain } from './plain.ts'

test.each([
  'A remark.',
  'Two\nlines, and "quotes" (and more): it’s 50% off; isn’t it?',
  'One.\n\nTwo.\n\n\nThree.\n\n\n\nFour.',
  '“Fine”, said she – and left…',
  'これは日本語です。はい、そうです。',
  'مرحبا بالعالم، كيف الحال',
  'A  gap and a-dash - and 3.5 or 1) and No. 1. Yes',
])('%j is plain, and what the pipeline makes of it', async (markdown) => {
  const plain = renderPlain(markdown)
  expect(plain).not.toBeNull()
  expect(plain).toEqual(await renderDocument(markdown, 'comment'))
})

test.each([
  '*a*',
  'a_b_',
  '# a',
  '- a',
  '1. a',
  'a\n2) b',
  '> a',
  '    a',
  'a\n---',
  'a  \nb',
  'a\n',
  '\na',
  '\ta',
  'a\r\nb',
  'see www.example.com',
  'see WWW.example.com',
  'https://example.com',
  'me@example.com',
  '<b>a</b>',
  'a & b',
  '&amp;',
  'a\\b',
  '`a`',
  '[a](b)',
  '~a~',
  'a | b\n--|--',
  'a\0b',
  'a\u00a0b',
  'x'.repeat(1_001),
  '',
])('%j goes to the pipeline', (markdown) => {
  expect(renderPlain(markdown)).toBeNull()
})

// Pieces that mean something in Markdown, somewhere, between those that do not: a number decides which.
const named: Record<string, string> = { SPACE: ' ', SPACES: '  ', LINE: '\n', PARAGRAPH: '\n\n' }
const pieces =
  `a Word é 中 1 12 SPACE SPACES LINE PARAGRAPH . , ) ( - : ! ' " www www. http :// @ * _ # > = | ~ … — %`
    .split(' ')
    .map((piece) => named[piece] ?? piece)

test('whatever is taken for plain, the pipeline makes the same of it', async () => {
  let seed = 42
  const below = (limit: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * limit)
  }
  let plain = 0
  for (let round = 0; round < 4_000; round += 1) {
    // Mostly of the harmless ones, or few would be plain.
    const range = below(3) === 0 ? pieces.length : 17
    const markdown = Array.from({ length: 1 + below(12) }, () => pieces[below(range)]).join('')
    const rendered = renderPlain(markdown)
    if (!rendered) continue
    plain += 1
    expect(rendered, JSON.stringify(markdown)).toEqual(await renderDocument(markdown, 'comment'))
  }
  expect(plain).toBeGreaterThan(300)
})

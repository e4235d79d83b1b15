import { expect, test } from 'vitest'
import { detectLanguage } from './mdast/plain-text.ts'
import { renderDocument } from './pipeline.ts'

test.each([
  ['en', 'The ledger and the garden were both kept by the same patient hand for years.'],
  ['de', 'Der Garten wächst langsam, und niemand weiß genau, wann er fertig sein wird.'],
  ['ar', 'الحديقة تنمو ببطء ولا أحد يعرف متى تكتمل'],
  ['he', 'הגן גדל לאט ואיש אינו יודע מתי יושלם'],
  ['ja', '庭はゆっくり育つ。いつ完成するのか誰も知らない。'],
  ['zh', '花园慢慢地生长，没有人知道它什么时候会完成。'],
])('%s is recognised', (language, text) => {
  expect(detectLanguage(text)).toBe(language)
})

test.each(['', 'x = 1', '1. 2. 3.'])('no language is recognised in %j', (text) => {
  expect(detectLanguage(text)).toBeNull()
})

test('a document comes with the language of its words, not of its markup', async () => {
  const markdown =
    '# البطء\n\nالحديقة تنمو ببطء ولا أحد يعرف متى تكتمل [هنا](https://example.com/the-slow-garden)'
  expect((await renderDocument(markdown, 'article')).language).toBe('ar')
})

import { expect, test } from 'vitest'
import { elements } from '../../test/html.ts'
import { renderDocument } from '../pipeline.ts'

async function linksOf(markdown: string) {
  const { html, text } = await renderDocument(markdown, 'article')
  expect(text).toBe(markdown)
  return elements(html, 'a').map(({ properties }) => properties.href)
}

test.each([
  ['请看https://example.com/foo，谢谢', ['https://example.com/foo']],
  ['（见 https://example.com/foo）。', ['https://example.com/foo']],
  ['(https://example.com/foo)。', ['https://example.com/foo']],
  ['https://example.com/a_(b)。', ['https://example.com/a_(b)']],
  ['https://a.example/x、www.b.example！', ['https://a.example/x', 'http://www.b.example']],
  ['「https://example.com/foo?」と', ['https://example.com/foo']],
  ['https://ja.example/東京', ['https://ja.example/%E6%9D%B1%E4%BA%AC']],
])('%s', async (markdown, hrefs) => {
  expect(await linksOf(markdown)).toEqual(hrefs)
})

test('addresses in brackets keep all that stands in them', async () => {
  const { html } = await renderDocument(
    '<https://example.com/a，b> [x](https://example.com/a，b)',
    'article',
  )
  expect(elements(html, 'a').map(({ properties }) => properties.href)).toEqual(
    Array.from({ length: 2 }, () => 'https://example.com/a%EF%BC%8Cb'),
  )
})

test('emphasis beside Chinese, Japanese and Korean punctuation', async () => {
  const { html } = await renderDocument(
    '**历经10年发展，**年 **「強調」**する *이것은(강조)*입니다',
    'article',
  )
  expect(html).toBe(
    '<p><strong>历经10年发展，</strong>年 <strong>「強調」</strong>する <em>이것은(강조)</em>입니다</p>',
  )
})

test('thousands of links in one run of text', async () => {
  expect(await linksOf('https://a.example/x，'.repeat(4000))).toHaveLength(4000)
})

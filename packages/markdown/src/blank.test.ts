import { expect, test } from 'vitest'
import { isBlank } from './blank.ts'
import { renderDocument } from './pipeline.ts'

test.each([
  '',
  '<!-- a -->',
  '[a]: https://example.com',
  '&nbsp;',
  '****',
  '# ',
  '> ',
  '**&nbsp;**',
  '---',
  '[](/a)',
  '\u200B',
  '<details></details>',
  '![](javascript:x)',
])('a reader sees nothing of %j', async (markdown) => {
  for (const profile of ['article', 'comment'] as const) {
    const { html } = await renderDocument(markdown, profile)
    expect([html, isBlank(html)]).toEqual([html, true])
  }
})

test.each(['a', '?', '❤️', '![](/a.png)', '```\nx\n```', '<b>', '[a](/b "c > d")'])(
  'a reader sees something of %j',
  async (markdown) => {
    expect(isBlank((await renderDocument(markdown, 'article')).html)).toBe(false)
  },
)

test('what stands in attributes is not seen', () => {
  expect(isBlank('<a href="/a" title="b > c"></a>')).toBe(true)
})

import { expect, test } from 'vitest'
import { renderDocument } from '../pipeline.ts'

test.each([
  ['a heading becomes bold', '# a *b*', '<p><strong>a <em>b</em></strong></p>'],
  ['an image its alternative text', '![a](https://example.com/x.png) b', '<p>a b</p>'],
  ['an image by reference too', '![a][x]\n\n[x]: https://example.com/x.png', '<p>a</p>'],
  [
    'a table lines of text',
    '| a | *b* |\n|---|---|\n| 1 | 2 |',
    '<p>a | <em>b</em><br>\n1 | 2</p>',
  ],
  ['a footnote what was typed', 'a[^X]\n\n[^X]: b', '<p>a[^X]</p>\n<p>[^X]: b</p>'],
  [
    'a footnote of other blocks too',
    'a[^1]\n\n[^1]: > b',
    '<p>a[^1]</p>\n<p>[^1]: </p>\n<blockquote>\n<p>b</p>\n</blockquote>',
  ],
  [
    'an image in a table in a quote',
    '> | ![a](/x) |\n> |-|',
    '<blockquote>\n<p>a</p>\n</blockquote>',
  ],
  ['a heading in a list', '- # a', '<ul>\n<li><strong>a</strong></li>\n</ul>'],
])('in a comment %s', async (_, markdown, html) => {
  expect((await renderDocument(markdown, 'comment')).html).toBe(html)
})

test('a comment keeps quotes, lists, code and emphasis', async () => {
  const markdown = '> a\n\n- *b*\n- `c`\n\n```js\nlet d\n```'
  const comment = await renderDocument(markdown, 'comment')
  const { html, text } = await renderDocument(markdown, 'article')
  expect(comment).toEqual({
    html,
    text,
    words: 0,
    language: null,
    pictures: [],
    headings: [],
    mentions: [],
  })
  expect(comment.html).toContain('<pre class="highlight"')
})

test('every link in a comment says that a reader wrote it', async () => {
  const { html } = await renderDocument(
    '[a](/b) [c](mailto:d@example.com) <https://e.example>',
    'comment',
  )
  expect(html.match(/rel="nofollow noopener ugc"/g)).toHaveLength(3)
})

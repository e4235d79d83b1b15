import { expect, test } from 'vitest'
import { renderDocument } from '../pipeline.ts'

test('text has no markup, one line for each block', async () => {
  const markdown =
    '# A *title*\n\nOne  \ntwo [three](/x).\n\n> quote\n\n- a\n- b\n\n| c | d |\n|---|---|\n| | e |\n\n' +
    '```js\nlet f\n```\n\n![g](https://example.com/x.png) <b>h</b> <!-- i -->\n\nj[^1]\n\n[^1]: k'
  const { text } = await renderDocument(markdown, 'article')
  expect(text).toBe('A title\nOne\ntwo three.\nquote\na\nb\nc\td\n\te\nlet f\ng <b>h</b> \nj\nk')
})

test.each([
  ['one two three', 3],
  ["it's 3.14, isn't it?", 4],
  ['**bold**ly gone', 2],
  ['# a\n\nb', 2],
  ['', 0],
  ['— … !', 0],
])('%j has %i words', async (markdown, words) => {
  expect((await renderDocument(markdown, 'article')).words).toBe(words)
})

test('words are counted in scripts without spaces', async () => {
  const { words } = await renderDocument('私は東京に住んでいます。', 'article')
  expect(words).toBeGreaterThan(4)
})

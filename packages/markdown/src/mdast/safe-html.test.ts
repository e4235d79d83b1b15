import { expect, test } from 'vitest'
import { renderDocument } from '../pipeline.ts'

test.each([
  ['keys', 'Press <kbd>Ctrl</kbd>+<KBD>C</KBD>', '<p>Press <kbd>Ctrl</kbd>+<kbd>C</kbd></p>'],
  [
    'sub- and superscript',
    'H<sub>2</sub>O, x<sup>*n*</sup>',
    '<p>H<sub>2</sub>O, x<sup><em>n</em></sup></p>',
  ],
  ['one in another', 'a<sup>b<sub>c</sub></sup>', '<p>a<sup>b<sub>c</sub></sup></p>'],
  [
    'a block that opens',
    '<details>\n<summary>More</summary>\n\n- *a*\n\n</details>',
    '<details><summary>More</summary><ul>\n<li><em>a</em></li>\n</ul></details>',
  ],
  ['an open one', '<details open>\n\na\n\n</details>', '<details open><p>a</p></details>'],
  [
    'one in a line of its own',
    '<details><summary>A & b</summary>c</details>',
    '<details><summary>A &#x26; b</summary><p>c</p></details>',
  ],
])('%s', async (_, markdown, html) => {
  for (const profile of ['article', 'comment'] as const) {
    const rendered = await renderDocument(markdown, profile)
    expect(rendered.html.replaceAll(/\n(?=<(?:p|summary|ul|\/details|\/summary)>)/g, '')).toBe(html)
  }
})

test.each([
  'a <kbd>b',
  'a</kbd> b',
  '<kbd><sub>a</kbd></sub>',
  '<kbd onclick="x">a</kbd>',
  '<details ontoggle=alert(1) open>\n\na\n\n</details>',
  '<details>\n\na',
  'a\n\n</details>',
  '<summary>a</summary>',
  '<details><summary>a<img src=x onerror=alert(1)></summary>b</details>',
])('%j stays what was typed', async (markdown) => {
  const { html } = await renderDocument(markdown, 'article')
  expect(html).toMatch(/&#x3C;/)
  expect(html).not.toMatch(/<(?:details|summary|img)|<\w+ [^>]*on/)
})

test('depth has an end', async () => {
  const { html } = await renderDocument(
    `${'<sup>'.repeat(5000)}a${'</sup>'.repeat(5000)}`,
    'article',
  )
  expect(html.match(/<sup>/g)).toHaveLength(10)
  const details = `${'<details>\n\n'.repeat(500)}a\n\n${'</details>\n\n'.repeat(500)}`
  expect((await renderDocument(details, 'article')).html).toContain('&#x3C;details>')
})

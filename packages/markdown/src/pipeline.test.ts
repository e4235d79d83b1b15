import { describe, expect, test } from 'vitest'
import { elements } from '../test/html.ts'
import { renderDocument } from './pipeline.ts'

describe('an article', () => {
  test('becomes paragraphs, emphasis, lists, quotes and rules', async () => {
    const html = await article('*a* **b** ~~c~~ `d`\n\n> e\n\n1. f\n\n---')
    expect(html).toBe(
      '<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n' +
        '<blockquote>\n<p>e</p>\n</blockquote>\n<ol>\n<li>f</li>\n</ol>\n<hr>',
    )
  })

  test('keeps its headings where they begin at the second level, as the page expects', async () => {
    const html = await article('## a\n\n### b')
    expect(html).toContain('<h2 id="user-content-a">a</h2>')
    expect(html).toContain('<h3 id="user-content-b">b</h3>')
  })

  test('has its headings one level down where one is at the first, at most six', async () => {
    const html = await article('# a\n\n## b\n\n##### e\n\n###### f')
    expect(html).toContain('<h2 id="user-content-a">a</h2>')
    expect(html).toContain('<h3 id="user-content-b">b</h3>')
    expect(html).toContain('<h6 id="user-content-e">e</h6>')
    expect(html).toContain('<h6 id="user-content-f">f</h6>')
    expect(html).not.toContain('<h1')
  })

  test('has different ids for equal headings, in any script', async () => {
    const html = await article('# Été\n\n# Été\n\n# 東京')
    const ids = elements(html, 'h2').map((node) => node.properties.id)
    expect(ids).toEqual(['user-content-été', 'user-content-été-1', 'user-content-東京'])
  })

  test.each([
    ['❤️ Love letters', 'love-letters'],
    ['🗂️ entities', 'entities'],
    ['1️⃣ First', '1-first'],
    ['Love ❤️', 'love'],
    ['Donau\u00ADdampf', 'donaudampf'],
    ['❤️', 'section'],
    ['हिन्दी', 'हिन्दी'],
    ['snake_case and C++', 'snake_case-and-c'],
  ])('has for "%s" the id "%s", of what can be read', async (heading, id) => {
    const html = await article(`## ${heading}\n\n## ${heading}`)
    const ids = elements(html, 'h2').map((node) => node.properties.id)
    expect(ids).toEqual([`user-content-${id}`, `user-content-${id}-1`])
  })

  test('names the checkbox of each task, and has it disabled', async () => {
    const html = await article('- [x] a\n- [ ] b')
    expect(elements(html, 'input').map((node) => node.properties)).toEqual([
      { type: 'checkbox', checked: true, disabled: true, ariaLabel: 'Completed task' },
      { type: 'checkbox', disabled: true, ariaLabel: 'Incomplete task' },
    ])
  })

  test('has each table in a named region that takes the keyboard', async () => {
    const table = '| a | b |\n|---|--:|\n| 1 | 2 |'
    const html = await article(`${table}\n\n${table}`)
    expect(html).toMatch(
      /^<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table>/,
    )
    expect(html).toContain('<td align="right">2</td>')
    const names = elements(html, 'div').map((node) => node.properties.ariaLabel)
    expect(names).toEqual(['Table', 'Table 2'])
  })

  test('shows raw HTML as text, breaks lines at <br> and drops comments', async () => {
    expect(await article('a <b>b</b> Array<string><br>c <!-- d -->')).toBe(
      '<p>a &#x3C;b>b&#x3C;/b> Array&#x3C;string><br>\nc </p>',
    )
    expect(await article('<div class="x">\ny\n</div>')).toBe(
      '<p>&#x3C;div class="x">\ny\n&#x3C;/div></p>',
    )
    expect(await article('<!-- a -->\n\nb')).toBe('<p>b</p>')
    expect(await article('<!-- a --> b <!-- c -->')).toContain('b')
  })

  test('gives the same HTML for the same Markdown', async () => {
    const markdown = '# a\n\nb[^x]\n\n```ts\nconst a = 1\n```\n\n[^x]: c'
    expect(await article(markdown)).toBe(await article(markdown))
  })

  test('replaces U+0000', async () => {
    expect(await article('a\0b')).toBe('<p>a\u{FFFD}b</p>')
  })

  test('may be empty', async () => {
    const empty = {
      html: '',
      text: '',
      words: 0,
      language: null,
      pictures: [],
      headings: [],
      mentions: [],
    }
    expect(await renderDocument('', 'article')).toEqual(empty)
  })
})

describe('footnotes', () => {
  const markdown = 'a[^x-2] b[^x] c[^x]\n\n[^x]: first\n\n[^x-2]: second'

  test('link there and back by ids that exist once', async () => {
    const html = await article(markdown)
    const ids = ['a', 'li', 'h2'].flatMap((name) => elements(html, name).map(idOf)).filter(Boolean)
    const targets = elements(html, 'a').map((node) => String(node.properties.href).slice(1))
    expect(ids).toHaveLength(6)
    expect(new Set(ids).size).toBe(6)
    for (const target of targets) expect(ids).toContain(target)
  })

  test('have a heading for screen readers, which the references point at', async () => {
    const html = await article(markdown)
    expect(html).toContain('<h2 class="sr-only" id="user-content-note.label">Footnotes</h2>')
    expect(html).toContain('aria-describedby="user-content-note.label"')
  })

  test('keep their ids apart from those of headings', async () => {
    const html = await article('# note.fn-1\n\n# note.label\n\na[^1]\n\n[^1]: b')
    const ids = ['h2', 'li'].flatMap((name) => elements(html, name).map(idOf))
    expect(new Set(ids).size).toBe(4)
  })

  test('move out of the text of a link', async () => {
    const html = await article('[a *b[^1]*](/c)\n\n[^1]: d')
    expect(html).toMatch(/^<p><a href="\/c">a <em>b<\/em><\/a><sup><a href="#user-content-note/)
  })
})

async function article(markdown: string): Promise<string> {
  return (await renderDocument(markdown, 'article')).html
}

function idOf(node: { properties: { id?: unknown } }): unknown {
  return node.properties.id
}

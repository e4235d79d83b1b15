import { describe, expect, test } from 'vitest'
import { classesIn, elements, textIn } from '../../test/html.ts'
import { renderDocument } from '../pipeline.ts'
import { languageSamples, findLanguage, languages } from './languages.ts'
import { tokenKinds } from './theme.ts'

describe('a code block', () => {
  test('is highlighted by classes alone', async () => {
    expect(await block('ts', "const a: B = 'c' // d")).toBe(
      '<pre class="highlight" tabindex="0"><code><span class="tok-keyword">const</span>' +
        '<span class="tok-constant"> a</span>: <span class="tok-type">B</span> = ' +
        '<span class="tok-string">\'c\'</span><span class="tok-comment"> // d</span></code></pre>',
    )
  })

  test.each(['', 'nonesuch', 'constructor', '__proto__', 'text', 'ansi', 'js"onclick="x'])(
    'in the language %j is plain and takes the keyboard',
    async (language) => {
      expect(await block(language, 'let a\n\n<b>')).toBe(
        '<pre class="highlight" tabindex="0"><code>let a\n\n&#x3C;b></code></pre>',
      )
    },
  )

  test('may be indented, empty, or named in upper case with more words', async () => {
    expect((await renderDocument('    a < b', 'article')).html).toBe(
      '<pre class="highlight" tabindex="0"><code>a &#x3C; b</code></pre>',
    )
    expect(await block('js', '')).toBe('<pre class="highlight" tabindex="0"><code></code></pre>')
    expect(await block('TS {1} title="x"', 'let a')).toContain(
      '<span class="tok-keyword">let</span>',
    )
  })

  test('has lines too long to highlight as plain text', async () => {
    const html = await block('js', `let a\n${'let b;'.repeat(200)}\nlet c`)
    expect(elements(html, 'span')).toHaveLength(2)
  })
})

describe('languages', () => {
  test('each has a sample', () => {
    expect(Object.keys(languageSamples).toSorted()).toEqual(
      languages.map(({ name }) => name).toSorted(),
    )
  })

  test('no two share a name', () => {
    const names = languages.flatMap(({ name, aliases }) => [name, ...aliases])
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(findLanguage(name.toUpperCase())).toBeDefined()
  })

  test.each(languages)(
    '$name: the sample keeps its text and has tokens of known kinds',
    async ({ name }) => {
      const sample = languageSamples[name] ?? ''
      const html = await block(name, sample)
      const kinds = classesIn(html, 'span')
      expect(kinds.length).toBeGreaterThan(2)
      expect(tokenKinds.map((kind) => `tok-${kind}`)).toEqual(expect.arrayContaining(kinds))
      expect(textIn(html)).toBe(sample)
    },
  )

  test('together the samples use every kind of token', async () => {
    const fences = Object.entries(languageSamples).map(([name, code]) => fence(name, code))
    const { html } = await renderDocument(fences.join('\n\n'), 'article')
    expect(classesIn(html, 'span')).toEqual(tokenKinds.map((kind) => `tok-${kind}`).toSorted())
  })
})

async function block(language: string, code: string): Promise<string> {
  return (await renderDocument(fence(language, code), 'article')).html
}

function fence(language: string, code: string): string {
  return `~~~~${language}\n${code}\n~~~~`
}

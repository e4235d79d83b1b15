import { describe, expect, test } from 'vitest'
import { elements } from '../../test/html.ts'
import { renderDocument } from '../pipeline.ts'

describe('a heading', () => {
  test('has a link to itself behind it, whose name is not part of the heading', async () => {
    const { html } = await render('## Soil & *water*')
    expect(html).toBe(
      '<div class="heading" dir="auto"><h2 id="user-content-soil--water">Soil &#x26; <em>water</em></h2>' +
        '<a class="heading-link" href="#user-content-soil--water" aria-label="Link to “Soil &#x26; water”"></a></div>',
    )
  })

  test.each(['日本語 の 見出し', 'العنوان', 'Ünïcode', 'a b', '100 %'])(
    'in any script: %s is found by its link, and so is the second of that name',
    async (text) => {
      const { html, headings } = await render(`## ${text}\n\n## ${text}`)
      const ids = elements(html, 'h2').map(({ properties }) => properties.id)
      expect(new Set(ids).size).toBe(2)
      expect(linkedIds(html)).toEqual(ids)
      expect(headings).toEqual(ids.map((id) => ({ id, text, level: 2 })))
    },
  )

  test('that reads like the id of another keeps a link of its own', async () => {
    const { html } = await render('## a\n\n## user-content-a\n\n[x](#a)')
    expect(linkedIds(html)).toEqual(elements(html, 'h2').map(({ properties }) => properties.id))
  })

  test('is listed by its words: pictures by what they show, without numbers of footnotes', async () => {
    const { html, headings } = await render(
      '## One[^1] [two](/b) `three`\n\n## ![A *tree*](https://example.com/a.png)\n\n### a\nb\n===\n\n[^1]: x',
    )
    expect(headings.map(({ text, level }) => [text, level])).toEqual([
      ['One two three', 3],
      ['A tree', 3],
      ['a', 4],
      ['b', 2],
    ])
    expect(html).not.toContain('Link to “Footnotes”')
  })

  test('without words has no link and is not listed', async () => {
    const { html, headings } = await render('## \n\n## ![](https://example.com/a.png)\n\n## &nbsp;')
    expect([headings, linkedIds(html)]).toEqual([[], []])
    expect(elements(html, 'h2')).toHaveLength(3)
  })

  test('in a quote, a list, a box or a note has a link, but structures nothing', async () => {
    const { html, headings } = await render(
      '## a\n\n> ## b\n\n- ## c\n\n> [!NOTE]\n> ## d\n\nx[^1]\n\n[^1]: ## e',
    )
    expect(headings.map(({ text }) => text)).toEqual(['a'])
    expect(linkedIds(html)).toHaveLength(5)
  })

  test('of many words is listed with two hundred characters', async () => {
    const { headings } = await render(`## ${'😀 '.repeat(300)}`)
    const text = headings.map((heading) => heading.text).join('')
    expect(Array.from(text)).toHaveLength(200)
    expect(text.isWellFormed()).toBe(true)
  })
})

test('a text of thousands of headings has links behind the first two hundred, and ids on all', async () => {
  const { html, headings } = await render('## a\n'.repeat(3000))
  expect([headings.length, linkedIds(html).length]).toEqual([200, 200])
  expect(new Set(elements(html, 'h2').map(({ properties }) => properties.id)).size).toBe(3000)
})

test('a comment has no headings', async () => {
  const { html, headings } = await renderDocument('## a', 'comment')
  expect([html, headings]).toEqual(['<p><strong>a</strong></p>', []])
})

describe('texts on one page', () => {
  const text = '## a\n\nb[^1] c[^1] [d](#a)\n\n## note.fn-1\n\n[^1]: e'

  test('share no id, and link within themselves', async () => {
    const idsOf = async (idScope?: string) => {
      const { html } = await renderDocument(text, 'article', { idScope })
      const all = ['h2', 'li', 'a'].flatMap((name) => elements(html, name))
      const ids = all.flatMap(({ properties: { id } }) => (typeof id === 'string' ? [id] : []))
      const targets = all.flatMap(({ properties: { href, ariaDescribedBy } }) => [
        ...(typeof href === 'string' ? [decodeURIComponent(href.slice(1))] : []),
        ...(Array.isArray(ariaDescribedBy) ? ariaDescribedBy : []),
      ])
      expect(ids).toEqual(expect.arrayContaining(targets))
      expect(new Set(ids).size).toBe(ids.length)
      return ids
    }
    const ids = [...(await idsOf()), ...(await idsOf('one')), ...(await idsOf('two'))]
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !id.startsWith('user-content-'))).toEqual([])
  })
})

const render = (markdown: string) => renderDocument(markdown, 'article')

/** Where the links behind headings lead. */
const linkedIds = (html: string) =>
  elements(html, 'a')
    .filter(({ properties }) => String(properties.className) === 'heading-link')
    .map(({ properties }) => decodeURIComponent(String(properties.href).slice(1)))

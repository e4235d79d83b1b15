import { describe, expect, test } from 'vitest'
import { elements } from '../../test/html.ts'
import { renderDocument } from '../pipeline.ts'

const REL = ['nofollow', 'noopener', 'ugc']

describe('links', () => {
  test.each([
    'https://example.com',
    'http://example.com',
    '//example.com/x',
    'HTTPS://EXAMPLE.COM',
    'Https://example.com',
    'https:example',
  ])('to another site are marked: %s', async (href) => {
    expect((await linksOf(`[a](${href})`))[0]?.rel).toEqual(REL)
  })

  test.each(['/articles/a', 'a', '../a', '?page=2', '#a', 'mailto:a@example.com'])(
    'that stay are not: %s',
    async (href) => {
      expect(await linksOf(`[a](${href})`)).toEqual([{ href }])
    },
  )

  test('made from bare addresses are marked', async () => {
    expect(await linksOf('https://example.com and www.example.com')).toEqual([
      { href: 'https://example.com', rel: REL },
      { href: 'http://www.example.com', rel: REL },
    ])
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://example.com', 'tel:1', 'https://['])(
    'with the address %s become their text',
    async (href) => {
      expect((await renderDocument(`a [b *c*](${href})`, 'article')).html).toBe(
        '<p>a b <em>c</em></p>',
      )
    },
  )

  test('to a heading find its prefixed id, in any script', async () => {
    const links = await linksOf('[a](#été) [b](#%C3%A9t%C3%A9) [c](#other) [d](#%25)\n\n# Été')
    expect(links.slice(0, 4).map((link) => link.href)).toEqual([
      '#user-content-%C3%A9t%C3%A9',
      '#user-content-%C3%A9t%C3%A9',
      '#other',
      '#%25',
    ])
  })

  test('without text are named by their address', async () => {
    const links = await linksOf('[](/a) [![](/b.png)](/c) [![d](/e.png)](/f)')
    expect(links.map((link) => link.ariaLabel)).toEqual(['/a', '/c', undefined])
  })

  test('keep their title', async () => {
    expect(await linksOf('[a](/b "c \\" d")')).toEqual([{ href: '/b', title: 'c " d' }])
  })
})

async function linksOf(markdown: string) {
  const { html } = await renderDocument(markdown, 'article')
  return elements(html, 'a').map((node) => node.properties)
}

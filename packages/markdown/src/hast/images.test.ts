import { expect, test } from 'vitest'
import { elements } from '../../test/html.ts'
import { renderDocument } from '../pipeline.ts'

test.each([
  'https://example.com/a.png',
  '/media/a.png',
  '/media/a%20b.png?w=1',
  '/%5Cexample.com/a.png',
])('an image from %s loads late', async (src) => {
  const { html } = await renderDocument(`![a](${src} "t") b`, 'article')
  expect(elements(html, 'img').map((node) => node.properties)).toEqual([
    { src, alt: 'a', title: 't', loading: 'lazy', decoding: 'async' },
  ])
})

test.each([
  'http://example.com/a.png',
  '//example.com/a.png',
  '<//example.com/a b.png>',
  'a.png',
  '../a.png',
  'data:image/png;base64,iVBORw0KGgo=',
  'blob:https://example.com/1',
  'https:a.png',
  'https://[',
  '',
])('an image from %j leaves its alternative text', async (src) => {
  const { html } = await renderDocument(`b ![a & c](${src})`, 'article')
  expect(html).toBe('<p>b a &#x26; c</p>')
})

test('the title of an image that stands alone is its caption', async () => {
  const { html } = await renderDocument('![a](/b.png "c < d")\n\n![e](/f.png)', 'article')
  expect(html).toBe(
    '<figure><img src="/b.png" alt="a" loading="lazy" decoding="async"><figcaption>c &#x3C; d</figcaption></figure>\n' +
      '<p><img src="/f.png" alt="e" loading="lazy" decoding="async"></p>',
  )
})

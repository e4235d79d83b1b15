import { describe, expect, test } from 'vitest'
import { elements } from '../../test/html.ts'
import { examplePicture, pictureId as id } from '../../test/picture.ts'
import { MarkdownTooComplex } from '../errors.ts'
import { renderDocument } from '../pipeline.ts'
import type { Pictures } from '../rendered.ts'

const known = { [id]: examplePicture() }
const sizes = '(min-width: 46rem) 42rem, calc(100vw - 2.25rem)'
const srcset = (kind: string) =>
  [640, 1280, 1600].map((width) => `/media/${id}/${width}.${kind} ${width}w`).join(', ')

test('a picture of the media library is shown in all its sizes, with its caption', async () => {
  expect(await article(`![A *map*](/media/${id} "By <hand>")`)).toBe(
    `<figure><picture><source type="image/avif" srcset="${srcset('avif')}" sizes="${sizes}">` +
      `<img src="/media/${id}/1280.jpeg" srcset="${srcset('jpeg')}" sizes="${sizes}" alt="A map" ` +
      'width="1600" height="900" decoding="async"></picture>' +
      '<figcaption>By &#x3C;hand></figcaption></figure>',
  )
})

test('alone without a caption it is a figure, within a line it is not', async () => {
  const html = await article(`![a](/media/${id})\n\nb ![c](/media/${id} "d") e`)
  expect(html).toMatch(
    /^<figure><picture>.*<\/picture><\/figure>\n<p>b <picture>.*<\/picture> e<\/p>$/,
  )
  expect(elements(html, 'img')[1]?.properties.title).toBe('d')
})

test('all but the first load late', async () => {
  const html = await article(`![a](/media/${id})\n\n![b](/media/${id})\n\n![c](/media/${id})`)
  const loading = elements(html, 'img').map(({ properties }) => properties.loading)
  expect(loading).toEqual([undefined, 'lazy', 'lazy'])
})

test('one kind of file needs no other source', async () => {
  const [, jpeg] = known[id]?.sources ?? []
  const html = await article(`![a](/media/${id})`, {
    [id]: examplePicture({ sources: jpeg ? [jpeg] : [] }),
  })
  expect(elements(html, 'source')).toEqual([])
  expect(elements(html, 'img')).toHaveLength(1)
})

test('one that is not known leaves its alternative text', async () => {
  expect(await article(`b ![a & c](/media/${id} "d")`, {})).toBe('<p>b a &#x26; c</p>')
  const other = `![a](/media/${id.replace('a', 'b')})`
  expect(await article(other)).toBe('<p>a</p>')
})

test('a link around it has its text', async () => {
  const html = await article(`[![a](/media/${id})](/b)`)
  expect(elements(html, 'a').map(({ properties }) => properties)).toEqual([{ href: '/b' }])
})

describe('the alternative text is', () => {
  const withAlt = { [id]: examplePicture({ alt: 'of the library' }) }

  test.each([
    [`![of the text](/media/${id})`, 'of the text'],
    [`![](/media/${id})`, 'of the library'],
    [`![of the text](/media/${id}#decorative)`, ''],
  ])('in %s: %j', async (markdown, alt) => {
    const html = await article(markdown, withAlt)
    expect(elements(html, 'img').map(({ properties }) => properties.alt)).toEqual([alt])
  })
})

describe('what a text uses', () => {
  test('is listed in its order, with what it says itself', async () => {
    const markdown = `![ ](/media/${id})\n\n![b][ref] ![c](https://example.com/c.png)\n\n[ref]: /media/${id.toUpperCase()}#decorative\n\n\`/media/${id}\``
    expect((await renderDocument(markdown, 'article')).pictures).toEqual([
      { id, alt: '', decorative: false },
      { id, alt: 'b', decorative: true },
    ])
  })

  test('is nothing in a comment, which shows no pictures', async () => {
    const { html, pictures } = await renderDocument(`![a](/media/${id})`, 'comment', {
      pictures: known,
    })
    expect({ html, pictures }).toEqual({ html: '<p>a</p>', pictures: [] })
  })

  test('is at most 200 pictures', async () => {
    expect(await article(`![a](/media/${id})\n\n`.repeat(200))).toContain('<picture>')
    await expect(article(`![a](/media/${id})\n\n`.repeat(201))).rejects.toThrow(MarkdownTooComplex)
  })
})

async function article(markdown: string, pictures: Pictures = known): Promise<string> {
  return (await renderDocument(markdown, 'article', { pictures })).html
}

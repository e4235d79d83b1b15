import { expect, test } from 'vitest'
import { failureHead, pageHead } from './head.ts'

const site = {
  name: 'The Almanac',
  description: 'Of orchards.',
  language: 'de-AT',
  logoUrl: null,
  origin: 'https://almanac.example',
}

test.each([
  ['error', 'Something went wrong · The Almanac'],
  ['notFound', 'Not found · The Almanac'],
])(
  'a page whose loading ended in %s is titled "%s" and kept from search engines',
  (status, title) => {
    const { meta } = failureHead({ match: { status, context: { site } } })
    expect(meta).toContainEqual({ title })
    expect(meta).toContainEqual({ name: 'robots', content: 'noindex' })
  },
)

test('a page carries the name, the description and the language of the site', () => {
  const { meta } = pageHead(site, {})
  expect(meta).toEqual(
    expect.arrayContaining([
      { title: 'The Almanac' },
      { name: 'description', content: 'Of orchards.' },
      { property: 'og:site_name', content: 'The Almanac' },
      { property: 'og:locale', content: 'de_AT' },
    ]),
  )
})

test('what has no picture of its own is shared with the logo', () => {
  const logoUrl = '/media/1/thumbnail'
  const shared = (image?: string) =>
    pageHead({ ...site, logoUrl }, { image }).meta.find(
      (tag) => 'property' in tag && tag.property === 'og:image',
    )
  expect(shared()).toMatchObject({ content: 'https://almanac.example/media/1/thumbnail' })
  expect(shared('https://x.example/1.png')).toMatchObject({ content: 'https://x.example/1.png' })
})

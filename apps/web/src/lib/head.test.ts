import { expect, test } from 'vitest'
import { failureHead } from './head.ts'

test.each([
  ['error', 'Something went wrong · Galley'],
  ['notFound', 'Not found · Galley'],
])(
  'a page whose loading ended in %s is titled "%s" and kept from search engines',
  (status, title) => {
    const { meta } = failureHead({ match: { status } })
    expect(meta).toContainEqual({ title })
    expect(meta).toContainEqual({ name: 'robots', content: 'noindex' })
  },
)

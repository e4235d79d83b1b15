import { expect, test } from 'vitest'
import { pictureAddress, pictureIdsIn, pictureReference } from './pictures.ts'

const id = '01980000-0000-7000-8000-00000000000a'
const other = '01980000-0000-7000-8000-00000000000b'

test('an address refers to a picture, decorative where it says so', () => {
  for (const decorative of [false, true]) {
    expect(pictureReference(pictureAddress({ id, decorative }))).toEqual({ id, decorative })
  }
  expect(pictureReference(`/media/${id.toUpperCase()}`)).toEqual({ id, decorative: false })
})

test.each([
  `/media/${id}/640.webp`,
  `/media/${id}?a=1`,
  `/media/${id}#other`,
  `/media/${id}\n`,
  `//media/${id}`,
  `https://example.com/media/${id}`,
  '/media/a.png',
  '',
])('%j refers to none', (url) => {
  expect(pictureReference(url)).toBeNull()
})

test('finds each picture of a text once', () => {
  const markdown = `![a](/media/${other} "b")\n[c]: /media/${id.toUpperCase()}\n![](/media/${other}#decorative)`
  expect(pictureIdsIn(markdown)).toEqual([other, id])
  expect(pictureIdsIn('/media/'.repeat(10_000))).toEqual([])
})

import { expect, test } from 'vitest'
import { isSlugOf, slugify } from './internal.ts'

test.each([
  ['How long a line wants to be', 'how-long-a-line-wants-to-be'],
  ['Crème fraîche, slowly', 'creme-fraiche-slowly'],
  ['Don’t stop: it’s 10 o’clock!', 'dont-stop-its-10-oclock'],
  ['東京の夜', '東京の夜'],
  ['Привет, мир', 'привет-мир'],
  ['हिन्दी में लेख', 'हिन्दी-में-लेख'],
  ['كتاب جديد', 'كتاب-جديد'],
  ['Ångström Łódź', 'angstrom-łodz'],
  ['🎈🎈', 'untitled'],
  ['', 'untitled'],
  ['a/b?c#d%2e', 'a-b-c-d-2e'],
  ['ﬁne', 'fine'],
  ['❤️ Love letters', 'love-letters'],
  ['❤️', 'untitled'],
  ['🗂️ entities', 'entities'],
  ['1️⃣ First things', '1-first-things'],
  ['\u0301 stray', 'stray'],
  ['İstanbul', 'istanbul'],
  ['Donau\u00ADdampfschiff', 'donaudampfschiff'],
  ['می\u200Cخواهم', 'می-خواهم'],
  ['\u3164\u200B', 'untitled'],
])('the slug of "%s" is "%s"', (title, slug) => {
  expect(slugify(title)).toBe(slug)
})

test('a slug has at most 80 characters and no hyphen at its end', () => {
  const slug = slugify('long '.repeat(100))
  expect(Array.from(slug).length).toBeLessThanOrEqual(80)
  expect(slug).not.toMatch(/-$/)
})

test('a slug with a suffix still belongs to its title', () => {
  expect(isSlugOf('On tides', 'on-tides')).toBe(true)
  expect(isSlugOf('On tides', 'on-tides-k3m9ab')).toBe(true)
  expect(isSlugOf('On tides', 'on-tides-and-moons')).toBe(false)
  expect(isSlugOf('On', 'on-tides')).toBe(false)
  expect(isSlugOf('Autumn', 'autumn-garden')).toBe(false)
})

import { expect, test } from 'vitest'
import { ImageUrl, LanguageTag } from './article-fields.ts'
import { CreateArticle } from './articles.ts'
import { CreateComment } from './comments.ts'
import { TagList, TagSlug } from './tags.ts'

const articleId = '01900000-0000-7000-8000-000000000001'
const messagesOf = (result: { error?: { issues: { message: string }[] } | undefined }) =>
  result.error?.issues.map((issue) => issue.message)

test.each([
  ['Web Performance', 'web-performance'],
  ['  C++ / Rust ', 'c++-rust'],
  ['C', 'c'],
  ['C++', 'c++'],
  ['C#', 'c#'],
  ['C♯', 'c#'],
  ['#web', 'web'],
  ['this + that', 'this-that'],
  ['İstanbul', 'istanbul'],
  ['🗂️ entities', 'entities'],
  ['1️⃣ first', '1-first'],
  ['Donau\u00ADdampf', 'donaudampf'],
  ['می\u200Cخواهم', 'می-خواهم'],
  ['हिन्दी', 'हिन्दी'],
  ['\u0301a', 'a'],
  ['日本語', '日本語'],
  ['ﬁne—Ångström', 'fine-ångström'],
])('the tag "%s" is "%s"', (written, slug) => {
  expect(TagSlug.parse(written)).toBe(slug)
})

test.each(['❤️', '\u200B', '\u3164', '\u115F', '\uFE0F', '\u0301', '++', '#', '', ' '])(
  'a tag of nothing that can be read is refused: %j',
  (tag) => {
    expect(messagesOf(TagSlug.safeParse(tag))).toEqual(['Must contain a letter or a digit.'])
  },
)

test('tags are normalised before they are counted and compared', () => {
  expect(TagList.parse(['Web', 'web ', 'WEB', 'css'])).toEqual(['web', 'css'])
  expect(TagList.safeParse(['a', 'b', 'c', 'd', 'e', 'f']).success).toBe(false)
  expect(TagList.safeParse(['!!!']).success).toBe(false)
})

test.each(['\0', 'a\0b', '\uD800', 'x\uDFFF'])(
  'text that cannot be stored is refused: %j (IN1)',
  (text) => {
    expect(CreateArticle.safeParse({ title: text }).success).toBe(false)
    expect(CreateArticle.safeParse({ body: text }).success).toBe(false)
    expect(TagSlug.safeParse(text).success).toBe(false)
    expect(CreateComment.safeParse({ articleId, body: text }).success).toBe(false)
  },
)

test('a length counts what is stored: NFC makes this text twice as long', () => {
  const grows = '\u0958'.repeat(5000)
  expect(messagesOf(CreateComment.safeParse({ articleId, body: grows }))).toEqual([
    'Must be at most 5,000 characters.',
  ])
})

test.each([
  ['/images/a.svg', true],
  ['https://example.com/a.png', true],
  ['//example.com/a.png', false],
  ['http://example.com/a.png', false],
  ['javascript:alert(1)', false],
  ['data:image/png;base64,AA', false],
  ['/\\example.com', false],
  ['https://', false],
])('the image address %s: %s', (address, allowed) => {
  expect(ImageUrl.safeParse(address).success).toBe(allowed)
})

test.each([
  ['EN', 'en'],
  ['pt-br', 'pt-BR'],
  ['zh-hant-tw', 'zh-Hant-TW'],
  ['iw', 'he'],
])('the language %s is kept as %s', (written, language) => {
  expect(LanguageTag.parse(written)).toBe(language)
})

test.each(['', 'English', 'en_GB', 'e', '12', `en-${'a'.repeat(40)}`])(
  '%j is no language tag',
  (written) => {
    const [message] = messagesOf(LanguageTag.safeParse(written)) ?? []
    expect(message).toMatch(/^Must/)
  },
)

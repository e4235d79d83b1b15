import { expect, test } from 'vitest'
import { renderDocument } from '../pipeline.ts'

const people = { mira: 'mira', 'tom-b': 'tom-b', old: 'new-name', constructor: 'constructor-b' }
const rel = 'rel="nofollow noopener ugc"'
const link = (name: string) => `<a href="/authors/${name}" ${rel}>@${name}</a>`
const mira = link('mira')

test.each([
  ['in the middle', 'Ask @mira, she knows.', `<p>Ask ${mira}, she knows.</p>`],
  ['in capitals', '@Mira', `<p>${mira}</p>`],
  ['twice', '@mira @mira', `<p>${mira} ${mira}</p>`],
  ['at the end of a sentence', 'So says @mira.', `<p>So says ${mira}.</p>`],
  ['with a hyphen', '(@tom-b)', `<p>(${link('tom-b')})</p>`],
  ['before a hyphen', '@mira-', `<p>${mira}-</p>`],
  ['in emphasis', '*@mira*', `<p><em>${mira}</em></p>`],
  ['in a quote', '> @mira', `<blockquote>\n<p>${mira}</p>\n</blockquote>`],
  ['in a heading', '# @mira', `<p><strong>${mira}</strong></p>`],
  ['beside text without spaces', '你好@mira你好', `<p>你好${mira}你好</p>`],
  ['by a name from before', '@old', `<p>${link('new-name')}</p>`],
])('a person is mentioned %s', async (_, markdown, html) => {
  expect((await renderDocument(markdown, 'comment', { people })).html).toBe(html)
})

test.each([
  'an@mira',
  '@@mira',
  '@mira@example',
  '@mira_x',
  '@miranda',
  '@mi',
  '@',
  '@nobody',
  '@types/mira and @mira/x',
  '/@mira',
  // Letters of other scripts that look the same: Cyrillic, fullwidth, the Kelvin sign and long s.
  '@mіra',
  '@mirа',
  '@ｍira',
  '@mira\u0301',
  '@mira\u{1D41A}',
  '@toString',
  '@__proto__',
])('%j mentions nobody', async (markdown) => {
  const { html, mentions } = await renderDocument(markdown, 'comment', {
    people: { ...people, mik: 'mik', mis: 'mis' },
  })
  expect([html.includes('/authors/'), mentions]).toEqual([false, []])
})

test.each(['@mi\u212A', '@mi\u017F'])('%j is no other spelling of a name', async (markdown) => {
  const names = { mik: 'mik', mis: 'mis' }
  expect((await renderDocument(markdown, 'comment', { people: names })).mentions).toEqual([])
})

test.each([
  '`@mira`',
  '```\n@mira\n```',
  '    @mira',
  '[@mira](https://example.com)',
  '[see @mira *and @mira*](/x)',
  '<https://example.com/@mira>',
  'https://example.com/@mira',
  '@mira@example.com',
  '[@mira][x]\n\n[x]: https://example.com',
])('code and links stay what they are: %j', async (markdown) => {
  const { html, mentions } = await renderDocument(markdown, 'comment', { people })
  expect(html).not.toContain('/authors/')
  expect(mentions).toEqual([])
})

test('every name that is linked is returned once, in its order', async () => {
  const { mentions } = await renderDocument('@old `@none` @mira **@tom-b** @mira', 'comment', {
    people,
  })
  expect(mentions).toEqual(['old', 'mira', 'tom-b'])
})

test('an article mentions nobody', async () => {
  const { html, mentions } = await renderDocument('@mira', 'article', { people })
  expect([html, mentions]).toEqual(['<p>@mira</p>', []])
})

test.each([
  '@mira"><img src=x onerror=alert(1)>',
  '@mira<script>alert(1)</script>',
  '<b>@mira</b> <a href="javascript:alert(1)">@mira</a>',
  '@mira](javascript:alert(1))',
  '[x](javascript:@mira)',
])('what stands around a mention stays text: %j', async (markdown) => {
  const { html } = await renderDocument(markdown, 'comment', { people })
  const tags = html.match(/<[^>]*>/g) ?? []
  expect(tags.filter((tag) => !/^<\/?p>$|^<\/a>$/.test(tag) && tag !== mira.slice(0, -9))).toEqual(
    [],
  )
})

test('five thousand characters of mentions are rendered in an instant', async () => {
  const { mentions } = await renderDocument('@mira '.repeat(830), 'comment', { people })
  expect(mentions).toEqual(['mira'])
})

import { describe, expect, test } from 'vitest'
import {
  hasPlaceholder,
  insertBlocks,
  lacksAlt,
  pictureMarkdown,
  pictureMarks,
  placeholderOf,
} from './picture-marks.ts'

const id = '01980000-0000-7000-8000-00000000000a'
const other = '01980000-0000-7000-8000-00000000000b'

describe('pictures of a text', () => {
  test('are found where they stand, with what is said of them', () => {
    const text = `a ![b](/media/${id} "c")\n\n![](/media/${other}#decorative)![x](/y.png)`
    const marks = pictureMarks(text)
    expect(marks).toEqual([
      { id, alt: 'b', decorative: false, caption: 'c', start: 2, end: text.indexOf('\n') },
      expect.objectContaining({ id: other, alt: '', decorative: true, caption: '' }),
    ])
    expect(marks.map(({ start, end }) => text.slice(start, end))).toEqual([
      `![b](/media/${id} "c")`,
      `![](/media/${other}#decorative)`,
    ])
  })

  test.each([
    `[a](/media/${id})`,
    `![a] b](/media/${id})`,
    `![a](/media/${id}/640.webp)`,
    `![a](/media/x)`,
    '![](/a.png)',
  ])('are no other thing: %s', (text) => {
    expect(pictureMarks(text)).toEqual([])
  })

  test.each([
    'A "quoted" [bracket] and \\ a \\" backslash',
    '*no* `code` _here_ <script>alert(1)</script> &amp; ~~x~~',
    '](/media/x) ![ ]( "',
    '\u202Eright to left\u202C 日本語 🏔️',
  ])('keep every word: %j', (words) => {
    const markdown = pictureMarkdown({ id, alt: words, decorative: false, caption: words })
    const expected = { id, alt: words, caption: words, decorative: false }
    expect(pictureMarks(`x ${markdown} y`)).toEqual([expect.objectContaining(expected)])
  })

  test('say nothing where they are decorative', () => {
    const markdown = pictureMarkdown({ id, alt: 'x', decorative: true, caption: '' })
    expect(markdown).toBe(`![](/media/${id}#decorative)`)
    expect(pictureMarks(markdown).filter(lacksAlt)).toEqual([])
    expect(pictureMarks(`![ ](/media/${id})`).filter(lacksAlt)).toHaveLength(1)
  })

  test('are found at a cost that grows with the text', () => {
    const hostile = '!['.repeat(20_000) + `](/media/${id} "`.repeat(2_000)
    const before = performance.now()
    expect(pictureMarks(hostile)).toEqual([])
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})

describe('a placeholder', () => {
  test.each(['cat.png', '](x)![.png', '"><img src=x>.png', '', 'a'.repeat(300), 'päron_😀.jpg'])(
    'of %j is one picture without an address of its own',
    (name) => {
      const placeholder = placeholderOf({ key: '0a1b2c3d', name })
      expect(placeholder).toMatch(/^!\[Uploading [^[\]\n]*…\]\(upload-0a1b2c3d\)$/)
      expect(hasPlaceholder(`a\n\n${placeholder}`)).toBe(true)
    },
  )

  test('is none that somebody writes about', () => {
    expect(hasPlaceholder('![Uploading…](/a.png) Uploading cat.png…')).toBe(false)
  })
})

describe('blocks are put into paragraphs of their own', () => {
  test.each([
    ['|', 'P'],
    ['a|', 'a\n\nP'],
    ['a\n|', 'a\n\nP'],
    ['a\n\n|', 'a\n\nP'],
    ['a|b', 'a\n\nP\n\nb'],
    ['|\nb', 'P\n\nb'],
    ['|\n\nb', 'P\n\nb'],
  ])('%j becomes %j', (text, expected) => {
    const start = text.indexOf('|')
    const plain = text.replace('|', '')
    const edit = insertBlocks(['P'])({ text: plain, start, end: start })
    expect(plain.slice(0, start) + edit.insert + plain.slice(start)).toBe(expected)
  })

  test('several at once', () => {
    expect(insertBlocks(['P', 'Q'])({ text: '', start: 0, end: 0 }).insert).toBe('P\n\nQ')
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Content, emptyContent } from '../content.ts'
import { type Choice, mergeContent } from './merge-content.ts'
import { isUndecided, mergeText } from './merge-text.ts'

const merged = (base: string, mine: string, theirs: string) =>
  mergeText(base, mine, theirs)
    .map((part) => (isUndecided(part) ? `<${part.mine}|${part.theirs}>` : part.text))
    .join('')

const base = 'One.\n\nTwo.\n\nThree.'

test.each([
  ['nothing changed', base, base, base],
  ['mine alone', 'One!\n\nTwo.\n\nThree.', base, 'One!\n\nTwo.\n\nThree.'],
  ['theirs alone', base, 'One.\n\nTwo.', 'One.\n\nTwo.'],
  ['the same by both', 'One.\n\nTwo.', 'One.\n\nTwo.', 'One.\n\nTwo.'],
  [
    'different paragraphs',
    'One!\n\nTwo.\n\nThree.',
    'One.\n\nTwo.\n\nThree!',
    'One!\n\nTwo.\n\nThree!',
  ],
  ['neighbours', 'One!\n\nTwo.\n\nThree.', 'One.\n\nTwo!\n\nThree.', 'One!\n\nTwo!\n\nThree.'],
  [
    'one more at the end',
    `${base}\n\nFour.`,
    'One!\n\nTwo.\n\nThree.',
    'One!\n\nTwo.\n\nThree.\n\nFour.',
  ],
  [
    'one more at the start',
    `Zero.\n\n${base}`,
    'One.\n\nTwo.\n\nThree!',
    'Zero.\n\nOne.\n\nTwo.\n\nThree!',
  ],
  [
    'one paragraph by both',
    'One!\n\nTwo.\n\nThree.',
    'One?\n\nTwo.\n\nThree.',
    '<One!|One?>\n\nTwo.\n\nThree.',
  ],
  [
    'deleted here, changed there',
    'One.\n\nThree.',
    'One.\n\nTwo!\n\nThree.',
    'One.\n\n<|Two!\n\n>Three.',
  ],
  ['different ends', `${base}\n\nMine.`, `${base}\n\nTheirs.`, `${base}\n\n<Mine.|Theirs.>`],
  ['into an empty text', '', 'Theirs.', 'Theirs.'],
  [
    'blank lines of code',
    '```\na\n\n\nb\n```\n\nTwo.\n\nThree.',
    base,
    '```\na\n\n\nb\n```\n\nTwo.\n\nThree.',
  ],
])('merges %s', (_, mine, theirs, result) => {
  expect(merged(mine === '' ? '' : base, mine, theirs)).toBe(result)
})

const content = (change: Partial<Content>): Content => ({ ...emptyContent, ...change })

test.each<
  [string, Partial<Content>, Partial<Content>, Partial<Content>, Choice[], Partial<Content>]
>([
  [
    'another title and another description',
    { title: 'A' },
    { title: 'B' },
    { title: 'A', description: 'D' },
    [],
    { title: 'B', description: 'D' },
  ],
  ['two titles: mine', { title: 'A' }, { title: 'B' }, { title: 'C' }, ['mine'], { title: 'B' }],
  [
    'two titles: theirs',
    { title: 'A' },
    { title: 'B' },
    { title: 'C' },
    ['theirs'],
    { title: 'C' },
  ],
  [
    'tags one by one',
    { tags: ['a', 'b'] },
    { tags: ['a', 'c'] },
    { tags: ['b', 'd', 'a'] },
    [],
    { tags: ['d', 'a', 'c'] },
  ],
  [
    'too many tags',
    { tags: ['a'] },
    { tags: ['a', 'b', 'c', 'd'] },
    { tags: ['a', 'e', 'f', 'g'] },
    ['theirs'],
    { tags: ['a', 'e', 'f', 'g'] },
  ],
  [
    'a picture with its focus',
    { coverUrl: '/a' },
    { coverUrl: '', coverMediaId: 'm', coverFocus: { x: 1, y: 2 } },
    { coverUrl: '/a', language: 'fr' },
    [],
    { coverUrl: '', coverMediaId: 'm', coverFocus: { x: 1, y: 2 }, language: 'fr' },
  ],
  [
    'two pictures',
    { coverUrl: '/a' },
    { coverUrl: '/b', coverFocus: { x: 1, y: 2 } },
    { coverUrl: '/c' },
    ['theirs'],
    { coverUrl: '/c', coverFocus: null },
  ],
  [
    'a text kept from both',
    { body: 'A' },
    { body: 'B' },
    { body: 'C' },
    ['both'],
    { body: 'B\n\nC' },
  ],
  [
    'fields before the text',
    { title: 'A', body: 'A' },
    { title: 'B', body: 'B' },
    { title: 'C', body: 'C' },
    ['theirs', 'mine'],
    { title: 'C', body: 'B' },
  ],
])('merges the fields: %s', (_, ...states) => {
  const [from, mine, theirs, choices, result] = states
  const merge = mergeContent({ base: content(from), mine: content(mine), theirs: content(theirs) })
  expect(merge.conflicts).toHaveLength(choices.length)
  expect(merge.resolve(choices)).toEqual(content(result))
})

describe('of any two edits', () => {
  const paragraph = fc.constantFrom('a', 'b', 'c', 'd', '- e', '```\nf\n```', 'g\nh', '   ', '')
  const gap = fc.constantFrom('\n\n', '\n\n', '\n', '\n\n\n', '\n \t\n')
  const text = fc
    .array(fc.tuple(paragraph, gap), { maxLength: 12 })
    .map((parts) => parts.flat().join('').slice(0, -1))
  /** What somebody makes of a text: paragraphs of their own, others changed, deleted and moved. */
  const edit = (from: string, who: string) =>
    fc
      .array(fc.tuple(fc.nat(12), fc.constantFrom('insert', 'change', 'delete', 'move')), {
        maxLength: 6,
      })
      .map((steps) => {
        const parts = from.split('\n\n')
        steps.forEach(([at, step], n) => {
          const place = at % (parts.length + 1)
          if (step === 'insert') parts.splice(place, 0, `${who}${n}`)
          else if (step === 'change') parts[place] = `${parts[place] ?? ''}${who}${n}`
          else if (step === 'delete') parts.splice(place, 1)
          else parts.splice(place, 0, ...parts.splice(at % parts.length, 1))
        })
        return parts.join('\n\n')
      })
  const three = text.chain((from) => fc.tuple(fc.constant(from), edit(from, 'M'), edit(from, 'T')))
  const marks = (of: string) => new Set(of.match(/[MT]\d/g))

  test('nothing that either wrote is missing, and keeping both keeps all of it', () => {
    fc.assert(
      fc.property(three, ([from, mine, theirs]) => {
        const merge = mergeContent({
          base: content({ body: from }),
          mine: content({ body: mine }),
          theirs: content({ body: theirs }),
        })
        const result = merge.resolve(merge.conflicts.map(() => 'both'))
        expect(marks(result.body)).toEqual(new Set([...marks(mine), ...marks(theirs)]))
      }),
      { numRuns: 2_000 },
    )
  })

  test('who changed it alone gets their text, to the character', () => {
    fc.assert(
      fc.property(three, ([from, mine]) => {
        expect(merged(from, mine, from)).toBe(mine)
        expect(merged(from, from, mine)).toBe(mine)
        expect(merged(from, mine, mine)).toBe(mine)
      }),
    )
  })

  test('each side of what is to be decided leads back to the text that it is from', () => {
    fc.assert(
      fc.property(three, ([from, mine, theirs]) => {
        const parts = mergeText(from, mine, theirs)
        for (const part of parts.filter(isUndecided)) {
          expect(mine).toContain(part.mine)
          expect(theirs).toContain(part.theirs)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

test('texts made to take long are merged as a whole', () => {
  const same = 'a\n\n'.repeat(30_000)
  const started = performance.now()
  const result = merged(same, `x\n\n${same}y`, `z\n\n${same}w`)
  expect(performance.now() - started).toBeLessThan(2_000)
  expect(result).toContain('x')
  expect(result).toContain('w')
})

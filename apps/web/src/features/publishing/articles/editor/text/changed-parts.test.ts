import { expect, test } from 'vitest'
import { changedParts } from './changed-parts.ts'
import { edited, paragraphAt } from './text-editor.ts'

const apply = (text: string, [first, ...more]: ReturnType<typeof changedParts>) =>
  first ? edited(text, { ...first, more }) : text

const long = Array.from({ length: 3_000 }, (_, line) => `Line ${line}`).join('\n')

test.each([
  ['', ''],
  ['', 'a'],
  ['a\n', ''],
  ['one\ntwo\nthree', 'one\n2\nthree'],
  ['one\ntwo\nthree', 'zero\none\ntwo\nthree\nfour'],
  ['one\ntwo\n\nthree', 'one\n\nthree\nthree'],
  ['aaaa', 'aa'],
  [long, long.replaceAll('Line', 'Row')],
])('the parts of %# make the one state the other', (before, after) => {
  expect(apply(before, changedParts(before, after))).toBe(after)
})

test('only what differs is a part', () => {
  expect(changedParts('one\nthe two cats\nthree\n', 'one\nthe 2 cats\nthree\nfour\n')).toEqual([
    { start: 8, end: 11, insert: '2' },
    { start: 23, end: 23, insert: 'four\n' },
  ])
})

test.each([
  [0, 0],
  [4, 0],
  [5, 1],
  [12, 2],
])('the place %i is in paragraph %i', (at, paragraph) => {
  expect(paragraphAt('one\n\ntwo\n \n\nthree', at)).toBe(paragraph)
})

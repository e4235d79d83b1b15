import { expect, test } from 'vitest'
import { readArguments } from '../src/resource-command.ts'

const readings: [string[], object][] = [
  [['notes'], { plural: 'notes', singular: undefined }],
  [['criteria', '--singular', 'criterion'], { plural: 'criteria', singular: 'criterion' }],
  [
    ['notes', '--fields', 'title:line', 'body:text', 'status:enum(open,done)'],
    { plural: 'notes', fields: ['title:line', 'body:text', 'status:enum(open,done)'] },
  ],
  [
    ['notes', '--fields', 'title:line  status:enum(open, done)?', '--singular', 'note'],
    { plural: 'notes', singular: 'note', fields: ['title:line', 'status:enum(open, done)?'] },
  ],
  [
    ['--fields=title:line', 'body:text', '--singular=note', 'notes', '--fields', 'rank:integer'],
    { plural: 'notes', singular: 'note', fields: ['title:line', 'body:text', 'rank:integer'] },
  ],
  [['notes', '--fields', ''], { plural: 'notes', fields: [] }],
]

test.each(readings)('%j', (args, given) => {
  expect(readArguments(args)).toMatchObject(given)
})

test('fields are not given unless they are', () => {
  expect(readArguments(['notes'])).not.toHaveProperty('fields')
})

test.each([[[]], [['notes', 'title:line']], [['--fields', 'title:line']]])('%j: usage', (args) => {
  expect(() => readArguments(args)).toThrow('Usage: pnpm gen resource')
})

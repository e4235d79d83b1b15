import { expect, test } from 'vitest'
import { readFields } from '../src/fields/read-fields.ts'

const read = (...definitions: string[]) => readFields(['title:line', ...definitions])[1]

test.each([
  ['note:line', { type: 'line', max: 120, isOptional: false, values: [] }],
  ['note:line(80)?', { type: 'line', max: 80, isOptional: true }],
  ['note:text', { type: 'text', max: 2000 }],
  ['note:markdown?', { type: 'markdown', max: 20_000, isOptional: true }],
  ['rank:integer', { type: 'integer', max: 0 }],
  ['done:boolean?', { type: 'boolean', isOptional: true }],
  ['dueAt:timestamp?', { name: 'dueAt', type: 'timestamp', isOptional: true }],
  ['day1:date', { name: 'day1', type: 'date' }],
  ['link:url', { type: 'url' }],
  ['status:enum(open, in-progress,done)?', { values: ['open', 'in-progress', 'done'] }],
])('%s is read', (definition, field) => {
  expect(read(definition)).toMatchObject(field)
})

test.each([
  ['note', '"note" is no field. Write name:type'],
  [':line', 'Field "": a name is in camelCase'],
  ['due_at:timestamp', 'Field "due_at": a name is in camelCase'],
  ['DueAt:timestamp', 'camelCase'],
  ['getSQL:line', 'camelCase'],
  ['übung:line', 'camelCase'],
  ['__proto__:line', 'camelCase'],
  [`${'a'.repeat(31)}:line`, 'at most 30 letters'],
  ['id:line', 'Field "id": this name is taken'],
  ['createdAt:timestamp', 'taken'],
  ['version:integer', 'taken'],
  ['ownerId:line', 'taken'],
  ['can:boolean', 'taken'],
  ['root:line', 'taken'],
  ['constructor:line', 'taken'],
  ['class:line', 'word of the language TypeScript'],
  ['order:integer', 'reserved word of SQL'],
  ['currentDate:date', 'reserved word of SQL'],
  ['gizmoCount:integer', 'the generator uses this word'],
  ['title:text', 'Field "title" is there twice'],
  ['note:string', 'Field "note": "string" is no type. Types are line, text, markdown,'],
  ['note:line??', 'is no type'],
  ['note:constructor', 'is no type'],
  ['note:line(5)', 'Field "note": the length of line is a number from 20 to 500'],
  ['note:line(501)', 'from 20 to 500'],
  ['note:text(1e3)', 'from 100 to 20000'],
  ['note:text()', 'from 100 to 20000'],
  ['rank:integer(5)', 'integer takes nothing in brackets'],
  ['view:enum(open,done)', 'a schema has it'],
  ['status:enum', 'at least two values'],
  ['status:enum()', 'at least two values'],
  ['status:enum(open)', 'at least two values'],
  ['status:enum(open,open)', 'the value "open" is there twice'],
  ['status:enum(open,)', '"" is no value'],
  ['status:enum(open,Done)', '"Done" is no value'],
  ["status:enum(open,it's)", 'is no value'],
  [`status:enum(open,${'a'.repeat(41)})`, 'longer than 40'],
  [`status:enum(${Array.from({ length: 51 }, (_, at) => `v${at}`).join(',')})`, 'at most 50'],
])('%s is refused', (definition, why) => {
  expect(() => read(definition)).toThrow(why)
})

test('what two fields, or all of them, cannot be', () => {
  expect(() => read('body:markdown', 'bodyHtml:text')).toThrow('Field "bodyHtml" is there twice')
  expect(() => read('body:markdown', 'more:markdown')).toThrow('At most one field can be markdown')
  expect(() => readFields(['dueAt:timestamp'])).toThrow('add a required line, such as title:line')
  expect(() => readFields(['title:line?'])).toThrow('add a required line')
  expect(() => readFields([])).toThrow('add a required line')
  const many = Array.from({ length: 30 }, (_, at) => `note${at}:line`)
  expect(() => read(...many)).toThrow('At most 30 fields')
})

import { expect, test } from 'vitest'
import { readFields } from '../src/fields/read-fields.ts'
import { fillTemplate } from '../src/slots/slots.ts'
import { moveTo, readTemplates } from '../src/templates.ts'
import { withoutUnusedImports } from '../src/unused-imports.ts'

const kinds = ['line', 'text', 'markdown', 'integer', 'boolean', 'timestamp', 'date', 'url']
const all = [...kinds, 'enum(open,done)'].flatMap((type, at) => [
  ...(type === 'markdown' ? [] : [`a${at}:${type}`]),
  `b${at}:${type}?`,
])

test.each([
  ['one line', ['title:line']],
  ['all types', ['title:line', ...all]],
  ['a required text', ['title:line', 'body:markdown']],
])('every template is filled for %s', async (_, definitions) => {
  const fields = readFields(definitions)
  for (const { path, text } of await readTemplates()) {
    expect(fillTemplate(text, fields), path).not.toMatch(/<<\w|\/\/: |\bundefined,/)
  }
})

test('lines stand where their condition holds', () => {
  const inner = '  //: if optional\nb\n  //: end'
  const text = `a\n//: if markdown\n${inner}\nc\n//: end\n//: if plain\nd\n//: end\ne`
  expect(fillTemplate(text, readFields(['title:line']))).toBe('a\nd\ne')
  expect(fillTemplate(text, readFields(['title:line', 'body:markdown']))).toBe('a\nc\ne')
  expect(fillTemplate(text, readFields(['title:line', 'body:markdown?']))).toBe('a\nb\nc\ne')
})

test('a slot or a condition that nobody knows stops it', () => {
  const fields = readFields(['title:line'])
  expect(() => fillTemplate('<<nothing>>', fields)).toThrow('<<nothing>>')
  expect(() => fillTemplate('//: if nothing\n//: end', fields)).toThrow('"nothing"')
})

test('a test of the publication is not made for the platform', async () => {
  const templates = await readTemplates()
  const moved = moveTo('platform', templates)
  expect(moved).toHaveLength(templates.length - 1)
  expect(moved.map(({ path, text }) => path + text).join('\n')).not.toContain('publishing')
})

test('what is imported and not used is left out', () => {
  const source = `import { date, text } from 'a'
import { type Row, only as one } from 'b'
import { day } from 'c'
import type { View } from 'd'

/** The date of a View. */
export const table = { date: text('date'), ...one, at: row.day } // day
`
  expect(withoutUnusedImports(source)).toBe(`import { text } from 'a'
import { only as one } from 'b'

/** The date of a View. */
export const table = { date: text('date'), ...one, at: row.day } // day
`)
})

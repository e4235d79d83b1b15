import { expect, test } from 'vitest'
import { namesOf, rename } from '../src/names.ts'
import { identifiersIn, readTemplates } from '../src/templates.ts'

test.each([
  ['bookmarks', 'bookmark'],
  ['anthologies', 'anthology'],
  ['boxes', 'box'],
  ['sketches', 'sketch'],
  ['days', 'day'],
])('one of %s is %s', (plural, singular) => {
  expect(namesOf({ plural })).toMatchObject({ plural, singular })
})

test('an irregular noun is told', () => {
  expect(() => namesOf({ plural: 'criteria' })).toThrow('--singular')
  expect(namesOf({ plural: 'criteria', singular: 'criterion' })).toEqual({
    plural: 'criteria',
    singular: 'criterion',
    Plural: 'Criteria',
    Singular: 'Criterion',
  })
})

test.each([
  ['Bookmarks', undefined],
  ['book-marks', undefined],
  ['../bookmarks', undefined],
  ['bücher', 'buch'],
  ["bookmarks'", 'bookmark'],
  ['', 'bookmark'],
  ['a'.repeat(31), 'b'],
  ['classes', undefined],
  ['sheep', 'sheep'],
  ['bookmarks', 'book mark'],
])('%j with %j is refused', (plural, singular) => {
  expect(() => namesOf({ plural, singular })).toThrow()
})

test('text about gizmos becomes text about the slice, with the right article', () => {
  const names = namesOf({ plural: 'essays' })
  const text = 'A gizmo: toGizmoView(gizmos, insertGizmo). Is it a gizmo? Gizmos.'
  expect(rename(text, names)).toBe(
    'An essay: toEssayView(essays, insertEssay). Is it an essay? Essays.',
  )
})

test('nothing of the templates keeps its working name', async () => {
  const templates = await readTemplates()
  expect(templates.length).toBeGreaterThan(12)
  for (const { path, text } of templates) {
    expect(rename(path + text, namesOf({ plural: 'essays' }))).not.toMatch(/gizmo/i)
  }
})

test('names in code are found, words in comments and strings are not', () => {
  const code = "/** A story */ import { page } from 'stories' // told\nconst one = page(1)"
  expect([...identifiersIn(code)].toSorted()).toEqual(['const', 'from', 'import', 'one', 'page'])
})

import { expect, test } from 'vitest'
import { namesOf, rename, renamePath } from '../src/names.ts'
import { identifiersIn, readTemplates } from '../src/templates.ts'

test.each([
  ['bookmarks', 'bookmark'],
  ['anthologies', 'anthology'],
  ['boxes', 'box'],
  ['sketches', 'sketch'],
  ['days', 'day'],
  ['reading-lists', 'reading-list'],
  ['opinion-anthologies', 'opinion-anthology'],
])('one of %s is %s', (plural, singular) => {
  expect(namesOf({ plural })).toMatchObject({ plural, singular })
})

test('an irregular noun is given', () => {
  expect(() => namesOf({ plural: 'criteria' })).toThrow('--singular')
  expect(namesOf({ plural: 'criteria', singular: 'criterion' })).toEqual({
    plural: 'criteria',
    singular: 'criterion',
  })
})

test.each([
  ['Bookmarks', undefined],
  ['book--marks', undefined],
  ['-bookmarks', undefined],
  ['bookmarks-', undefined],
  ['very-long-lists', undefined],
  ['reading_lists', undefined],
  ['readingLists', undefined],
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

test.each([
  // variables and types
  ['const gizmo = insertGizmo(gizmos)', 'const readingList = insertReadingList(readingLists)'],
  ['GizmoStatus: gizmos', 'ReadingListStatus: readingLists'],
  ['ids.gizmoOfMira: GizmoView', 'ids.readingListOfMira: ReadingListView'],
  ['  ...gizmos,', '  ...readingLists,'],
  ["'gizmos.list': {", "'readingLists.list': {"],
  // files, addresses, scopes, reasons
  ["import { gizmos } from './gizmos.ts'", "import { readingLists } from './reading-lists.ts'"],
  ["path: '/me/gizmos/{id}'", "path: '/me/reading-lists/{id}'"],
  [
    "import { createGizmo } from '@galley/publishing/gizmos/create'",
    "import { createReadingList } from '@galley/publishing/reading-lists/create'",
  ],
  ["scope: 'gizmos:read'", "scope: 'reading-lists:read'"],
  ["new AppError('gizmo/not-found')", "new AppError('reading-list/not-found')"],
  // the database
  ["index('gizmos_owner_idx')", "index('reading_lists_owner_idx')"],
  [".prepare('gizmo_by_id')", ".prepare('reading_list_by_id')"],
  ["pgTable(\n  'gizmos',", "pgTable(\n  'reading_lists',"],
  // words
  ['/** A gizmo of the caller. */', '/** A reading list of the caller. */'],
  ["gizmos: 'Gizmos of the caller',", "readingLists: 'Reading lists of the caller',"],
  ["accountLink: 'Gizmos',", "accountLink: 'Reading lists',"],
  ['<PageHeader title="New gizmo" />', '<PageHeader title="New reading list" />'],
  ['<Link>\n    New gizmo\n  </Link>', '<Link>\n    New reading list\n  </Link>'],
  ["summary: 'List your gizmos'", "summary: 'List your reading lists'"],
])('%s becomes %s', (text, renamed) => {
  expect(rename(text, namesOf({ plural: 'reading-lists' }))).toBe(renamed)
})

test('paths have the noun as it was given', () => {
  const path = 'apps/web/src/routes/me.gizmos.$id.edit.tsx'
  expect(renamePath(path, namesOf({ plural: 'reading-lists' }))).toBe(
    'apps/web/src/routes/me.reading-lists.$id.edit.tsx',
  )
})

test('the right article does not shift the names after it', () => {
  const names = namesOf({ plural: 'opinion-anthologies' })
  expect(rename("/** A gizmo. */ throw new AppError('gizmo/not-found')", names)).toBe(
    "/** An opinion anthology. */ throw new AppError('opinion-anthology/not-found')",
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
  const code = "/** A story */ import { page } from 'stories' // other words\nconst one = page(1)"
  expect([...identifiersIn(code)].toSorted()).toEqual(['const', 'from', 'import', 'one', 'page'])
})

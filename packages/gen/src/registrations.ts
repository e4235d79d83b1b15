import { importName, insertBefore, insertSorted } from './edit.ts'
import { camelCase, rename, type Names } from './names.ts'

export type Registration = { path: string; edit(text: string, names: Names): string }

/** Where a slice is made known: lines about `gizmos`, and where they go. */
export const registrations: Registration[] = [
  {
    path: 'packages/db/src/schema/index.ts',
    edit: (text, names) =>
      insertSorted(
        text,
        /^export \{.*'\.\/publishing\//,
        rename("export { gizmos } from './publishing/gizmos.ts'", names),
      ),
  },
  {
    path: 'packages/contract/src/publishing/scopes.ts',
    edit: (text, names) =>
      insertBefore(
        text,
        { from: 'export const publishingScopes', line: '}' },
        rename(
          "  'gizmos:read': 'Read your gizmos',\n  'gizmos:write': 'Change your gizmos',",
          names,
        ),
      ),
  },
  {
    path: 'packages/contract/src/publishing/errors.ts',
    edit: (text, names) =>
      insertBefore(
        text,
        { line: '} as const satisfies ErrorReasons' },
        rename(
          "  'gizmo/not-found': { code: 'NOT_FOUND', message: 'There is no such gizmo.' },",
          names,
        ),
      ),
  },
  {
    path: 'packages/api/src/root.ts',
    edit: (text, names) => {
      const line = rename("import { gizmos } from './routers/publishing/gizmos.ts'", names)
      const imported = insertSorted(text, /^import \{ \w+ \} from '\.\/routers\/publishing\//, line)
      return insertSorted(imported, /^ {2}\w+,$/, `  ${camelCase(names.plural)},`)
    },
  },
  {
    path: 'packages/testing/src/factories.ts',
    edit: (text, names) => {
      const imported = importName(text, '@galley/db/schema', camelCase(names.plural))
      const lines = rename(factoryType, names)
      const typed = insertBefore(imported, { line: 'let sequence = 0' }, lines)
      return typed.replace(`\n\n${lines}`, `\n${lines}`) + rename(factory, names)
    },
  },
  {
    path: 'apps/server/test/access/matrix.ts',
    edit: (text, names) => {
      const line = rename("import { gizmos } from './rows/gizmos.ts'", names)
      const imported = insertSorted(text, /^import \{ \w+ \} from '\.\/rows\//, line)
      if (!/,?\s*\]\n$/.test(imported)) throw new Error('its list of rows does not end the file')
      return imported.replace(/,?\s*\]\n$/, `, ...${camelCase(names.plural)}]\n`)
    },
  },
  {
    path: 'apps/server/test/access/world.ts',
    edit: (text, names) =>
      insertBefore(
        withFactory(text, names),
        { line: '    async password(person: Person) {' },
        rename('    gizmo: () => insertGizmo(db, { ownerId: owner.id }),', names),
      ),
  },
  {
    path: 'apps/server/test/openapi/example-people.ts',
    edit: (text, names) =>
      insertBefore(
        insertSorted(
          withFactory(text, names),
          /^import .* from '@galley\/api\/routers\//,
          rename(
            "import { exampleGizmo } from '@galley/api/routers/publishing/gizmos.docs'",
            names,
          ),
        ),
        { from: 'async function createThings', line: '}' },
        rename('  await insertGizmo(db, { id: exampleGizmo.id, ownerId: exampleUser.id })', names),
      ),
  },
  {
    path: 'apps/server/test/idempotency-procedures.test.ts',
    edit: (text, names) =>
      insertBefore(
        insertBefore(
          withFactory(text, names),
          { from: 'const cases', line: '}' },
          rename(keyedCalls, names),
        ),
        { line: 'const person = () => insertUser(on.database.db)' },
        rename('const gizmo = () => insertGizmo(on.database.db, { ownerId: admin.id })\n', names),
      ),
  },
]

const factoryType = 'type NewGizmo = Partial<typeof gizmos.$inferInsert> & { ownerId: string }\n'

const factory = `
export async function insertGizmo(db: Queryable, values: NewGizmo) {
  const row = { title: 'A gizmo', ...values }
  const [gizmo] = await db.insert(gizmos).values(row).returning()
  if (!gizmo) throw new Error('The gizmo was not inserted')
  return gizmo
}
`

const keyedCalls = `  'gizmos.create': async () => ({ input: { title: 'New' } }),
  'gizmos.update': async () => ({ input: { id: (await gizmo()).id, title: 'Changed' } }),
  'gizmos.delete': async () => ({ input: { id: (await gizmo()).id } }),`

const withFactory = (text: string, names: Names) =>
  importName(text, '@galley/testing/factories', rename('insertGizmo', names))

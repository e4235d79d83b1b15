import { createHash } from 'node:crypto'
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
        { from: 'export const publishingScopes', line: '] as const' },
        rename("  'gizmos:read',\n  'gizmos:write',", names),
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
    path: 'packages/api/src/openapi/operation-texts.ts',
    edit: (text, names) => {
      const line = rename("import { gizmos } from './operations/gizmos.ts'", names)
      const imported = insertSorted(text, /^import \{.*\} from '\.\/operations\//, line)
      return insertBefore(
        imported,
        { from: 'const texts', line: '}' },
        rename('  ...gizmos,', names),
      )
    },
  },
  {
    path: 'packages/api/src/openapi/schemas.ts',
    edit: (text, names) => {
      const line = rename("import * as gizmos from '@galley/contract/publishing/gizmos'", names)
      const imported = insertSorted(text, /^import \* as /, line)
      return insertBefore(imported, { line: '  { Problem },' }, `  ${camelCase(names.plural)},`)
    },
  },
  {
    path: 'packages/api/src/openapi/tags.ts',
    edit: (text, names) =>
      insertBefore(
        text,
        { from: 'export const tags', line: '} as const satisfies Record<string, string>' },
        rename("  gizmos: 'Gizmos of the caller: nobody else sees them.',", names),
      ),
  },
  {
    path: 'packages/api/src/openapi/example-world.ts',
    edit: (text, names) =>
      insertBefore(
        text,
        { from: 'export const ids', line: '} as const' },
        `  ${camelCase(names.singular)}OfMira: '${exampleId(names)}',`,
      ),
  },
  {
    path: 'apps/web/src/registry/scopes.ts',
    edit: (text, names) =>
      insertBefore(
        text,
        { from: 'export const scopeMeaning', line: '}' },
        rename(
          "  'gizmos:read': 'Read your gizmos',\n  'gizmos:write': 'Change your gizmos',",
          names,
        ),
      ),
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
        withFactory(text, names),
        { from: 'async function createThings', line: '}' },
        rename('  await insertGizmo(db, { id: ids.gizmoOfMira, ownerId: ids.mira })', names),
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

/** The same for the same noun, another for any other: the tail of a hash. */
function exampleId({ plural }: Names) {
  const tail = createHash('sha256').update(plural).digest('hex').slice(0, 12)
  return `0192f3a1-5b7c-7d2e-9a41-${tail}`
}

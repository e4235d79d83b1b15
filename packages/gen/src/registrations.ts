import { insertBefore, insertSorted } from './edit.ts'
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
]

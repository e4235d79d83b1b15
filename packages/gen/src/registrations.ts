import { insertBefore, insertSorted } from './edit.ts'
import { camelCase, rename, type Names } from './names.ts'

export type Registration = { path: string; edit(text: string, names: Names): string }

/** Where a slice of this part of the product is made known: lines about `gizmos`, and where they go. */
export const registrationsIn = (part: string): Registration[] => [
  {
    path: 'packages/db/src/schema/index.ts',
    edit: (text, names) =>
      insertSorted(
        text,
        new RegExp(`^export \\{.*'\\./${part}/`),
        rename(`export { gizmos } from './${part}/gizmos.ts'`, names),
      ),
  },
  {
    path: `packages/db/src/growth/${part}/tables.ts`,
    edit: (text, names) =>
      insertBefore(
        text,
        { line: '} satisfies Record<string, Growth>' },
        `  ${camelCase(names.plural)}: { with: 'what people make' },`,
      ),
  },
  {
    path: `packages/contract/src/${part}/scopes.ts`,
    edit: (text, names) =>
      insertBefore(
        text,
        { from: `export const ${part}Scopes`, line: '}' },
        rename(
          "  'gizmos:read': 'Read your gizmos',\n  'gizmos:write': 'Change your gizmos',",
          names,
        ),
      ),
  },
  {
    path: `packages/contract/src/${part}/errors.ts`,
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
      const line = rename(`import { gizmos } from './routers/${part}/gizmos.ts'`, names)
      const imported = insertSorted(
        text,
        new RegExp(`^import \\{ \\w+ \\} from '\\./routers/${part}/`),
        line,
      )
      return insertSorted(imported, /^ {2}\w+,$/, `  ${camelCase(names.plural)},`)
    },
  },
  {
    path: 'docs/rest-api.md',
    edit: (text, names) =>
      insertBefore(
        text,
        // Before a list of the same part, so that it goes with the part.
        { from: 'The orders of each list', line: listOf[part] ?? '' },
        rename('- `/me/gizmos`: `newest`, `oldest`, `updated`, `-updated`', names),
      ),
  },
]

const listOf: Record<string, string> = {
  platform: '- `/media/{id}/uses`: `newest`, `oldest`',
  publishing: '- `/tags`: `used`, `name`; `query`', // publishing
}

import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Field } from './fields/field.ts'
import { readFields } from './fields/read-fields.ts'
import { namesOf, rename, renamePath, snakeCase, type Given, type Names } from './names.ts'
import { refuseLongNames, refuseTaken, refuseTakenSchemas, refuseUnrendered } from './refusals.ts'
import { registrationsIn } from './registrations.ts'
import { run } from './run.ts'
import { fillTemplate } from './slots/slots.ts'
import { moveTo, readTemplates } from './templates.ts'
import { createTree } from './tree.ts'
import { withoutUnusedImports } from './unused-imports.ts'

type Print = (line: string) => void

/** Files that are made of others, and kept in step. */
const derived = [
  'apps/web/src/routeTree.gen.ts',
  'docs/access.md',
  'packages/api/contract.json',
  'packages/client/src/api.gen.ts',
  'packages/contract/src/version.ts',
]
const migrations = 'packages/db/migrations'

/**
 * Makes a slice: its files, the lines that make it known, its migration, and what is derived of them. Returns the paths.
 * Everything is decided before the first file is written, and taken back if anything fails.
 */
export async function generateResource(
  root: string,
  { fields: definitions = ['title:line'], ...given }: Given & { fields?: string[] },
  print: Print,
) {
  const names = namesOf(given)
  const fields = readFields(definitions)
  refuseLongNames(names, fields)
  const files = await plan(root, names, fields)
  const contract = ['packages/api-tools/src/contract/main.ts']
  print('Is the contract in step with the code?')
  await run(root, 'node', contract)

  const tree = createTree(root)
  await tree.noteFolder(migrations)
  for (const path of derived) await tree.note(path)
  try {
    print(`Writing ${files.size} files`)
    await tree.write(files)
    await run(root, 'oxfmt', [...files.keys()])
    print('Making the migration')
    await run(join(root, 'packages/db'), 'drizzle-kit', [
      'generate',
      '--name',
      snakeCase(names.plural),
    ])
    await finishMigration(root, names, (await tree.changes()).made)
    print('Bringing the contract, the table of access, the client and the routes into step')
    await run(root, 'node', [...contract, '--write'])
    await run(root, 'node', ['apps/server/test/platform/access/write-doc.ts'])
    await run(root, 'node', ['packages/client/generate/main.ts'])
    await run(root, 'node', ['apps/web/write-routes.ts'])
    return await tree.changes()
  } catch (error) {
    await tree.restore()
    throw error
  }
}

/** Reasons of errors that no registration changes, but whose names a slice cannot have. */
const otherReasons = 'packages/contract/src/platform/errors.ts'

/** The publication, or the platform where that is all there is. */
const partOf = (root: string) =>
  access(join(root, 'packages/publishing')).then(
    () => 'publishing',
    () => 'platform',
  )

/** What every file will hold that is made or changed by hand-written rules; throws where the names do not fit. */
async function plan(root: string, names: Names, fields: Field[]): Promise<Map<string, string>> {
  const read = (path: string) => readFile(join(root, path), 'utf8')
  const part = await partOf(root)
  refuseUnrendered(part, fields)
  const templates = moveTo(part, await readTemplates()).map(({ path, text }) => ({
    path,
    text: withoutUnusedImports(fillTemplate(text, fields)),
  }))
  const known = await Promise.all(
    registrationsIn(part).map(async ({ path, edit }) => ({ path, edit, text: await read(path) })),
  )
  const reasons = { path: otherReasons, text: await read(otherReasons) }
  const code = known.filter(({ path }) => path.endsWith('.ts'))
  refuseTaken(names, [...templates, ...code, reasons])
  await refuseTakenSchemas(root, names, templates)
  const files = new Map<string, string>()
  for (const { path, text } of templates) {
    const target = renamePath(path, names)
    const exists = await read(target).then(
      () => true,
      () => false,
    )
    if (exists) throw new Error(`${target} is there already.`)
    files.set(target, rename(text, names))
  }
  for (const { path, edit, text } of known) files.set(path, editOrExplain(path, edit, text, names))
  return files
}

function editOrExplain(
  path: string,
  edit: (text: string, names: Names) => string,
  text: string,
  names: Names,
) {
  try {
    return edit(text, names)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${path} is not as packages/gen/src/registrations.ts knows it: ${why}`, {
      cause,
    })
  }
}

/** Marks it as one under which versions before run on; a change of other tables would have gone into it unseen. */
async function finishMigration(root: string, { plural }: Names, made: string[]) {
  const path = made.find((file) => file.startsWith(`${migrations}/`) && file.endsWith('.sql'))
  if (!path) throw new Error('drizzle-kit made no migration')
  const file = join(root, path)
  const sql = await readFile(file, 'utf8')
  const others = sql
    .split('--> statement-breakpoint')
    .filter((statement) => !statement.includes(`"${snakeCase(plural)}"`))
  if (others.length > 0) {
    throw new Error(
      `Other tables differ from their migrations. Make theirs first:\n${others.join('')}`,
    )
  }
  await writeFile(file, `-- compatible\n${sql}`)
}

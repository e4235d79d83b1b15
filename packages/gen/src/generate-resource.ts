import { access, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  camelCase,
  namesOf,
  pascalCase,
  rename,
  snakeCase,
  type Given,
  type Names,
} from './names.ts'
import { registrationsIn } from './registrations.ts'
import { run } from './run.ts'
import { identifiersIn, moveTo, readTemplates, type Template } from './templates.ts'
import { createTree } from './tree.ts'

type Print = (line: string) => void

/** Files that are made of others, and kept in step. */
const derived = [
  'docs/access.md',
  'packages/api/contract.json',
  'packages/client/src/api.gen.ts',
  'packages/contract/src/version.ts',
]
const migrations = 'packages/db/migrations'

/**
 * Makes a slice: its files, the lines that make it known, its migration, and what is derived of them. Returns the paths.
 * Everything is thought of before the first file is written, and taken back if anything fails.
 */
export async function generateResource(root: string, given: Given, print: Print) {
  const names = namesOf(given)
  const files = await plan(root, names)
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
    print('Bringing the contract, the table of access and the client into step')
    await run(root, 'node', [...contract, '--write'])
    await run(root, 'node', ['apps/server/test/access/write-doc.ts'])
    await run(root, 'node', ['packages/client/generate/main.ts'])
    return await tree.changes()
  } catch (error) {
    await tree.restore()
    throw error
  }
}

/** Reasons of errors that no registration changes, but whose names a slice cannot have. */
const reasons = ['packages/contract/src/platform/errors.ts']

/** The publication, or the platform where that is all there is. */
const partOf = (root: string) =>
  access(join(root, 'packages/publishing')).then(
    () => 'publishing',
    () => 'platform',
  )

/** What every file will hold that is made or changed by hand-written rules; throws where the names do not fit. */
async function plan(root: string, names: Names): Promise<Map<string, string>> {
  const read = (path: string) => readFile(join(root, path), 'utf8')
  const part = await partOf(root)
  const templates = (await readTemplates()).map((template) => moveTo(part, template))
  const known = await Promise.all(
    registrationsIn(part).map(async ({ path, edit }) => ({ path, edit, text: await read(path) })),
  )
  const others = await Promise.all(reasons.map(async (path) => ({ path, text: await read(path) })))
  refuseTaken(names, [...templates, ...known, ...others])
  await refuseTakenSchemas(root, names, templates)
  const files = new Map<string, string>()
  for (const { path, text } of templates) {
    const target = rename(path, names)
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

/** A name that the code of the slice, or around it, has for something else would make it mean another thing. */
function refuseTaken(names: Names, texts: Template[]) {
  const nouns = [names.plural, names.singular]
  const forms = [...nouns.map(camelCase), ...nouns.map(pascalCase)]
  for (const { path, text } of texts) {
    const known = identifiersIn(text)
    const taken = forms.find((form) => known.has(form))
    if (taken) throw new Error(`"${taken}" is taken: ${rename(path, names)} has it.`)
    if (text.includes(`'${names.singular}/`)) {
      throw new Error(`"${names.singular}" is taken: ${path} has reasons of that name.`)
    }
  }
}

/** Schemas are known by their names all over the API, so that no two files of the contract export the same one. */
async function refuseTakenSchemas(root: string, names: Names, templates: Template[]) {
  const own = templates.filter(({ path }) => path.startsWith(contractFolder))
  const made = own.flatMap(({ text }) => schemasIn(rename(text, names)))
  const files = await readdir(join(root, contractFolder), { recursive: true })
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const known = schemasIn(await readFile(join(root, contractFolder, file), 'utf8'))
    const taken = made.find((name) => known.includes(name))
    if (taken) throw new Error(`"${names.singular}" is taken: ${file} exports ${taken}.`)
  }
}

const contractFolder = 'packages/contract/src'

const schemasIn = (code: string) =>
  Array.from(code.matchAll(/^export const ([A-Z]\w*) =/gm), ([, name = '']) => name)

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

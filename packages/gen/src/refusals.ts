import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { columnOf, markdownOf, type Field } from './fields/field.ts'
import { camelCase, pascalCase, rename, renamePath, snakeCase, type Names } from './names.ts'
import { identifiersIn, type Template } from './templates.ts'

/** A name that the code of the slice, or around it, has for something else would make it mean another thing. */
export function refuseTaken(names: Names, texts: Template[]) {
  const nouns = [names.plural, names.singular]
  const variables = nouns.map(camelCase)
  const types = nouns.map(pascalCase)
  for (const { path, text } of texts) {
    const known = identifiersIn(text)
    // Components of pages have longer names.
    const forms = path.startsWith('apps/web/') ? variables : [...variables, ...types]
    const taken = forms.find((form) => known.has(form))
    if (taken) throw new Error(`"${taken}" is taken: ${renamePath(path, names)} has it.`)
    if (text.includes(`'${names.singular}/`)) {
      throw new Error(`"${names.singular}" is taken: ${path} has reasons of that name.`)
    }
  }
}

/** Schemas are known by their names all over the API, so that no two files of the contract export the same one. */
export async function refuseTakenSchemas(root: string, names: Names, templates: Template[]) {
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

/** The renderer belongs to the publication. */
export function refuseUnrendered(part: string, fields: Field[]) {
  const markdown = markdownOf(fields)
  if (!markdown || part === 'publishing') return
  throw new Error(
    `Field "${markdown.name}": there is no renderer of Markdown here (packages/markdown). Use text.`,
  )
}

/** PostgreSQL cuts longer names of constraints. */
const longestName = 63

export function refuseLongNames({ plural }: Names, fields: Field[]) {
  const table = snakeCase(plural)
  if (`${table}_owner_id_users_id_fk`.length > longestName) {
    throw new Error(`"${plural}" is too long: the names of its constraints would not fit.`)
  }
  for (const field of fields) {
    if (`${table}_${columnOf(field)}_check`.length <= longestName) continue
    throw new Error(`Field "${field.name}": the name is too long for one of ${plural}.`)
  }
}

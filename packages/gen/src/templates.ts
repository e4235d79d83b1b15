import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Template = { path: string; text: string }

const folder = fileURLToPath(new URL('../templates', import.meta.url))

/** The files of a slice called `gizmos`: each lies below `templates` where it would lie in the repository. */
export async function readTemplates(): Promise<Template[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const templates = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name)
    return {
      path: relative(folder, path).replace(/\.txt$/, ''),
      text: await readFile(path, 'utf8'),
    }
  })
  return (await Promise.all(templates)).toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** The same files in another part of the product; templates lie in `publishing`. */
export function moveTo(part: string, templates: Template[]): Template[] {
  if (part === 'publishing') return templates
  return templates
    .filter(({ path }) => !path.startsWith(ofPublishing))
    .map(({ path, text }) => ({
      path: path.replaceAll('publishing', part),
      text: text.replaceAll('publishing', part),
    }))
}

/** For a browser test that only the publication has. */
const ofPublishing = 'apps/server/e2e/publishing/addresses/'

/** The names that code uses, but for those in its comments and strings. */
export function identifiersIn(code: string): Set<string> {
  const bare = code
    .replaceAll(/\/\*.*?\*\//gs, ' ')
    .replaceAll(/\/\/.*$/gm, ' ')
    .replaceAll(/'[^'\n]*'/g, ' ')
  return new Set(bare.match(/[A-Za-z_$][\w$]*/g))
}

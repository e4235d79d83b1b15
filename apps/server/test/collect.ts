import { globSync } from 'node:fs'

const folder = new URL('./', import.meta.url)

/** The modules of this folder whose paths match, in the order of their paths: a slice adds a file of its own. */
export async function collect<Module>(pattern: string): Promise<Module[]> {
  const files = globSync(pattern, { cwd: folder }).map((file) => file.replaceAll('\\', '/'))
  const modules = files.filter((file) => !file.endsWith('.test.ts')).toSorted()
  if (modules.length === 0) throw new Error(`No file matches ${pattern}`)
  return Promise.all(modules.map((file): Promise<Module> => import(new URL(file, folder).href)))
}

import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { unversioned } from '../unversioned.ts'

/** The paths of all files of the project, as they lie there. */
export async function listFiles(root: string, folder = root): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = entries
    .filter(({ name }) => !unversioned.has(name))
    .map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return listFiles(root, path)
      return entry.isFile() ? [relative(root, path)] : []
    })
  return (await Promise.all(found)).flat()
}

import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The files of the repository: written when everything is decided, and put back as they were when it went wrong. */
export function createTree(root: string) {
  const before = new Map<string, string | null>()
  const folders = new Set<string>()

  /** Takes note of how a file is now; null: it is not there. */
  async function note(path: string): Promise<string | null> {
    const known = before.get(path)
    if (known !== undefined) return known
    const text = await readFile(join(root, path), 'utf8').catch(ignoreMissing)
    before.set(path, text)
    return text
  }

  return {
    note,
    /** Notes all files of a folder; files that appear in it later count as made. */
    async noteFolder(path: string) {
      folders.add(path)
      for (const file of await filesIn(root, path)) await note(file)
    },
    async write(files: ReadonlyMap<string, string>) {
      for (const [path, text] of files) {
        await note(path)
        await mkdir(dirname(join(root, path)), { recursive: true })
        await writeFile(join(root, path), text)
      }
    },
    /** What differs from how it was. */
    async changes(): Promise<{ made: string[]; changed: string[] }> {
      for (const folder of folders) {
        for (const file of await filesIn(root, folder)) {
          if (!before.has(file)) before.set(file, null)
        }
      }
      const made: string[] = []
      const changed: string[] = []
      for (const [path, text] of before) {
        const now = await readFile(join(root, path), 'utf8').catch(ignoreMissing)
        if (now !== text) (text === null ? made : changed).push(path)
      }
      return { made: made.toSorted(), changed: changed.toSorted() }
    },
    async restore() {
      const { made, changed } = await this.changes()
      for (const path of changed) await writeFile(join(root, path), before.get(path) ?? '')
      for (const path of made) {
        await rm(join(root, path), { force: true })
        await rmdir(dirname(join(root, path))).catch(ignoreFilled)
      }
    },
  }
}

async function filesIn(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
}

function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

function ignoreFilled(error: NodeJS.ErrnoException) {
  if (error.code !== 'ENOTEMPTY') throw error
}

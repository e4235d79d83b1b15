import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { unversioned } from '../unversioned.ts'

/**
 * A copy of the checkout with its uncommitted changes, in a temporary folder that is removed in the end. Its name has a blank and an accent, as
 * people's folders do: what takes an address for a path does not find its files there. Packages are not installed
 * again: the links in each workspace are relative, so that they name the copies of its neighbours.
 */
export async function copyCheckout(root: string) {
  const parent = await mkdtemp(join(tmpdir(), 'galley-scratch-'))
  const path = join(parent, 'mein Ordner é')
  const remove = () => rm(parent, { recursive: true, force: true })
  try {
    await mkdir(path)
    await cp(root, path, {
      recursive: true,
      filter: (source) => !unversioned.has(basename(source)),
    })
    await symlink(join(root, 'node_modules'), join(path, 'node_modules'))
    for (const workspace of await workspacesOf(root)) await copyLinks(root, path, workspace)
  } catch (error) {
    await remove()
    throw error
  }
  return { path, [Symbol.asyncDispose]: remove }
}

async function copyLinks(root: string, path: string, workspace: string) {
  const folder = join(workspace, 'node_modules')
  const { length } = join(root, folder)
  await cp(join(root, folder), join(path, folder), {
    recursive: true,
    verbatimSymlinks: true,
    // Of what tools keep there (`.vite`, `.cache`), only the programs.
    filter: (source) => !/^\/\.(?!bin)/.test(source.slice(length)),
  })
}

async function workspacesOf(root: string): Promise<string[]> {
  const groups = ['apps', 'packages'].map(async (group) =>
    (await readdir(join(root, group))).map((name) => join(group, name)),
  )
  return (await Promise.all(groups)).flat()
}

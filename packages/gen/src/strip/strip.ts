import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from '../run.ts'
import { trimDocument } from './documents.ts'
import type { Workspace } from './imports.ts'
import { trimCommands, trimManifest, trimSettings } from './manifests.ts'
import { readMigrations, writeFirstMigration } from './first-migration.ts'
import { isOfPart, removePart, type Removal } from './remove-part.ts'
import { listFiles } from './list-files.ts'
import { removeUnused } from './unused.ts'

type Print = (line: string) => void

const part = 'publishing'
const migrations = 'packages/db/migrations'
/** Shows a run of the generator, which makes slices of the platform where that is all there is. */
const generatorGuide = 'docs/adding-a-resource.md'
const files = fileURLToPath(new URL('files', import.meta.url))

/**
 * Removes the publication from the project in `root` and leaves an application with accounts, tokens, audit, jobs and
 * administration. Everything is decided before the first file is written; what is derived of the code is made again.
 */
export async function strip(
  root: string,
  print: Print,
): Promise<{ removed: number; changed: number }> {
  const texts = await readTexts(root)
  const replacements = await readReplacements()
  for (const [path, text] of replacements) texts.set(path, text)
  const workspaces = workspacesIn(texts)
  if (![...texts.keys()].some((path) => path.startsWith(`packages/${part}/`))) {
    throw new Error('There is no publication here: packages/publishing is gone already.')
  }
  print('Reading what belongs to the publication')
  const sources = new Map([...texts].filter(([path]) => isSource(path)))
  const removal = removePart(part, sources, workspaces)
  const { gone, changed } = await decide(root, texts, workspaces, sources, removal)

  const written = await readMigrations(root)
  print(`Removing ${gone.size} files, changing ${changed.size}`)
  for (const path of gone) await remove(root, path)
  for (const [path, text] of replacements) changed.set(path, text)
  for (const [path, text] of changed) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  await run(
    root,
    'oxfmt',
    [...changed.keys()].filter((path) => /\.(tsx?|json)$/.test(path)),
  )

  print('Making the first migration')
  await writeFirstMigration(root, written)
  print('Bringing the contract, the client, the table of access and the routes into step')
  await run(root, 'node', [await contractTool(root), '--write'])
  await run(root, 'node', ['packages/client/generate/main.ts'])
  await run(root, 'node', ['apps/server/test/platform/access/write-doc.ts'])
  await run(join(root, 'apps/web'), 'vite', ['build'])
  print('Removing what only the publication used')
  await removeUnused(root)
  await run(root, 'oxfmt', ['.'])
  return { removed: gone.size, changed: changed.size }
}

const isSource = (path: string) => /\.(tsx?|js|css)$/.test(path) && !path.includes('/templates/')

/** Files that hold text. Pictures and fonts are known by their path only. */
async function readTexts(root: string): Promise<Map<string, string>> {
  const paths = await listFiles(root)
  const texts = paths.map(async (path): Promise<[string, string]> => [
    path,
    /\.(ico|png|webp|avif|jpg|woff2|snap)$/.test(path)
      ? ''
      : await readFile(join(root, path), 'utf8'),
  ])
  return new Map(await Promise.all(texts))
}

function workspacesIn(texts: ReadonlyMap<string, string>): Workspace[] {
  return [...texts].flatMap(([path, text]) => {
    const [, folder] = /^((?:apps|packages)\/[^/]+)\/package\.json$/.exec(path) ?? []
    if (folder === undefined) return []
    const { name, exports = {} } = JSON.parse(text)
    return [{ folder, name, exports: typeof exports === 'string' ? { '.': exports } : exports }]
  })
}

/** Paths that go, and the new texts of those that change. */
async function decide(
  root: string,
  texts: ReadonlyMap<string, string>,
  workspaces: Workspace[],
  sources: ReadonlyMap<string, string>,
  removal: Removal,
) {
  const { edited, goneWorkspaces } = removal
  const isGoneFolder = (path: string) =>
    goneWorkspaces.some(({ folder }) => path.startsWith(`${folder}/`))
  const gone = new Set([
    ...removal.gone,
    ...[...texts.keys()].filter((path) => isOfPart(path, part) || isGoneFolder(path)),
  ])
  const changed = new Map(edited)
  const change = (path: string, next: string) => {
    if (next !== texts.get(path)) changed.set(path, next)
  }
  for (const workspace of workspaces) {
    const path = `${workspace.folder}/package.json`
    if (!gone.has(path))
      change(path, trimManifest(texts.get(path) ?? '', workspace, removal, sources))
  }
  const isGoneWord = (word: string) =>
    new RegExp(`\\b${part}\\b`, 'i').test(word) ||
    goneWorkspaces.some(({ name, folder }) => word.includes(name) || word.includes(folder))
  for (const path of ['turbo.json', '.oxlintrc.json', '.oxfmtrc.json', 'knip.json']) {
    const text = texts.get(path) ?? ''
    if (isGoneWord(text)) change(path, trimSettings(text, isGoneWord))
  }
  for (const [path, text] of texts) {
    if (/^\.(ci|github)\//.test(path)) change(path, withoutWords(text, isGoneWord))
  }
  // Made again from nothing.
  gone.add('packages/api/contract.json')
  for (const path of texts.keys()) if (path.startsWith(`${migrations}/`)) gone.add(path)
  const remade = [migrations, 'packages/api/contract.json']
  const stays = (from: string) => (name: string) =>
    pathsOf(from, name).some((each) => remade.includes(each) || matches(each, texts, gone))
  for (const [path, text] of texts) {
    if (!path.endsWith('.md') || gone.has(path) || path.startsWith('packages/gen/')) continue
    const trimmed = trimDocument(text, part, stays(path))
    if (trimmed === null) gone.add(path)
    else change(path, path === generatorGuide ? guideOfPlatform(trimmed) : trimmed)
  }
  change('package.json', trimCommands(texts.get('package.json') ?? '', gone))
  for (const path of unusedPictures(texts, gone, changed)) gone.add(path)
  for (const path of gone) changed.delete(path)
  return { gone, changed }
}

/** The same run, without what is made for browser tests of the publication. */
const guideOfPlatform = (text: string) =>
  text
    .replaceAll(new RegExp(`^.* apps/server/e2e/${part}/addresses/.*\\n`, 'gm'), '')
    .replace(/(?<=^Writing )\d+(?= files$)/m, (count) => String(Number(count) - 1))
    .replaceAll(part, 'platform')

/** A script without its marked lines, and without words that name removed folders. */
const withoutWords = (text: string, isGone: (word: string) => boolean) =>
  text
    .replaceAll(new RegExp(`^.* # ${part}\\n`, 'gm'), '')
    .replaceAll(/ (packages\/[\w-]+)(?=\s)/g, (whole, word: string) => (isGone(word) ? '' : whole))
    .replaceAll(/\{([\w,/-]+)\}/g, (whole, choices: string) => withoutChoice(whole, choices))

/** What a shell expands, without the part: braces around a single word are none to it. */
function withoutChoice(whole: string, choices: string) {
  const words = choices.split(',')
  const left = words.filter((word) => word !== part)
  if (left.length === words.length) return whole
  return left.length === 1 ? String(left[0]) : `{${left.join(',')}}`
}

/** What a document may mean by a path: from the root, from where it lies, or shortened as docs/backend-map.md says. */
function pathsOf(from: string, name: string): string[] {
  const path = name.replace(/\/$/, '')
  return [
    path,
    join(dirname(from), path),
    path
      .replace(/^platform\//, 'packages/platform/src/')
      .replace(/^publishing\//, 'packages/publishing/src/'),
    path.replace(/^server\//, 'apps/server/'),
  ]
}

/** Whether a path, a folder or a pattern leads to something that stays; also what is no path of this project. */
function matches(
  path: string,
  texts: ReadonlyMap<string, string>,
  gone: ReadonlySet<string>,
): boolean {
  const pattern = path
    .replaceAll(/[.+^$()|[\]\\]/g, '\\$&')
    .replaceAll(/\{([^}]*)\}/g, (_, list: string) => `(${list.replaceAll(',', '|')})`)
    .replaceAll('**', '\u0000')
    .replaceAll('*', '[^/]*')
    .replaceAll('\u0000', '.*')
  const like = new RegExp(`^${pattern}(/|$)`)
  return [...texts.keys()].some((each) => !gone.has(each) && like.test(each))
}

/** Pictures that only removed texts name. */
function unusedPictures(
  texts: ReadonlyMap<string, string>,
  gone: ReadonlySet<string>,
  changed: ReadonlyMap<string, string>,
): string[] {
  const pictures = [...texts.keys()].filter((path) =>
    /\/images\/.*\.(svg|png|webp|avif|jpg)$/.test(path),
  )
  const left = [...texts]
    .filter(
      ([path]) => !gone.has(path) && !pictures.includes(path) && !path.startsWith('packages/gen/'),
    )
    .map(([path, text]) => changed.get(path) ?? text)
    .join('\n')
  return pictures.filter((path) => !left.includes(path.slice(path.lastIndexOf('/') + 1)))
}

async function remove(root: string, path: string) {
  await rm(join(root, path), { force: true })
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const rest = await readdir(join(root, folder)).catch(() => ['?'])
    const isLeft = rest.some(
      (name) => name !== 'node_modules' && name !== 'dist' && name !== '.turbo',
    )
    if (isLeft) return
    await rm(join(root, folder), { recursive: true, force: true })
  }
}

/** What stands in the place of pages and documents of the publication. */
async function readReplacements(): Promise<Map<string, string>> {
  const texts = (await listFiles(files)).map(async (path): Promise<[string, string]> => [
    path.replace(/\.txt$/, ''),
    await readFile(join(files, path), 'utf8'),
  ])
  return new Map(await Promise.all(texts))
}

/** `packages/api-tools` or `packages/api`: where the contract is compared and written. */
async function contractTool(root: string) {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  return String(scripts.contract).replace(/^node /, '')
}

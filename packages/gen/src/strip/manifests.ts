import { importsOf, type Workspace } from './imports.ts'
import type { Removal } from './remove-part.ts'

type Manifest = Record<string, unknown> & {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  scripts?: Record<string, string>
}

const kinds = ['dependencies', 'devDependencies'] as const

/** A package.json without the packages that go, and those that only removed files of its workspace imported. */
export function trimManifest(
  text: string,
  { folder }: Pick<Workspace, 'folder'>,
  { gone, edited, goneWorkspaces }: Removal,
  sources: ReadonlyMap<string, string>,
): string {
  const manifest: Manifest = JSON.parse(text)
  const before = new Set<string>()
  const after = new Set<string>()
  for (const [path, source] of sources) {
    if (!path.startsWith(`${folder}/`)) continue
    for (const name of packagesIn(source)) before.add(name)
    if (gone.has(path)) continue
    for (const name of packagesIn(edited.get(path) ?? source)) after.add(name)
  }
  const isLost = (name: string) =>
    goneWorkspaces.some((each) => each.name === name) || (before.has(name) && !after.has(name))
  for (const kind of kinds) {
    const own = manifest[kind]
    if (!own) continue
    manifest[kind] = Object.fromEntries(
      Object.entries(own).filter(
        ([name]) => !isLost(name) && !isLost(name.replace(/^@types\//, '')),
      ),
    )
  }
  if (manifest.scripts) {
    manifest.scripts = trimScripts(manifest.scripts, (word) => gone.has(`${folder}/${word}`))
  }
  // Entries for the folder of the part are for what comes in its place.
  return `${JSON.stringify(manifest, null, 2).replaceAll('./src/publishing/', './src/platform/').replaceAll('"./publishing/', '"./platform/')}\n`
}

/** The root's package.json without the commands that run removed files. */
export function trimCommands(text: string, gone: ReadonlySet<string>): string {
  const manifest: Manifest = JSON.parse(text)
  const scripts = trimScripts(manifest.scripts ?? {}, (word) => gone.has(word))
  return `${JSON.stringify({ ...manifest, scripts }, null, 2)}\n`
}

const trimScripts = (scripts: Record<string, string>, isGone: (word: string) => boolean) =>
  Object.fromEntries(
    Object.entries(scripts).filter(([, script]) => !script.split(' ').some(isGone)),
  )

const packagesIn = (source: string) =>
  importsOf(source)
    .map(({ specifier }) => specifier)
    .filter((specifier) => /^[@a-z]/.test(specifier))
    .map((specifier) =>
      specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    )

/** Settings without the paths, names and patterns that are about the part; what they are lists of stays. */
export function trimSettings(text: string, isGone: (word: string) => boolean): string {
  const trim = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((each) => !isAbout(each)).map(trim)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, each]) => (isGone(key) ? [] : [[key, trim(each)]])),
    )
  }
  const isAbout = (value: unknown) =>
    typeof value === 'string'
      ? isGone(value)
      : typeof value === 'object' &&
        value !== null &&
        Object.values(value).some((each) => typeof each === 'string' && isGone(each))
  return `${JSON.stringify(trim(JSON.parse(text)), null, 2)}\n`
}

import { dirname, join, normalize } from 'node:path'

/** An import, or an export from another module: its whole text, the names that it binds here, and its specifier. */
export type Import = { text: string; names: string[]; specifier: string }

/** The exports map of a workspace's package.json, and where it lies. */
export type Workspace = { folder: string; name: string; exports: Record<string, string | null> }

/** What a source names of other modules. Sources are formatted, so that statements begin a line. */
export function importsOf(source: string): Import[] {
  const statements = source.matchAll(
    /^(?:import|export) (?:type )?([\w\s{},*$]*?)(?: from )?'([^'\n]+)'(?: with .*)?;?\n/gm,
  )
  const dynamic = source.matchAll(/\bimport\('([^'\n]+)'\)/g)
  const styles = source.matchAll(/^@import '([^'\n]+)';\n/gm)
  return [
    ...[...styles].map(([text, specifier = '']) => ({ text, names: [], specifier })),
    ...[...statements].map(([text, clause = '', specifier = '']) => ({
      text,
      names: namesIn(clause),
      specifier,
    })),
    ...[...dynamic].map(([text, specifier = '']) => ({ text, names: [], specifier })),
  ]
}

/** `{ a, type b as c }` binds a and c, `* as d` binds d. */
const namesIn = (clause: string) =>
  clause
    .replaceAll(/[{}]/g, ',')
    .split(',')
    .map((part) => part.trim().split(/\s+/).at(-1) ?? '')
    .filter((name) => /^[\w$]+$/.test(name))

/** The path in the repository that a specifier leads to, as far as it can be told; null for other packages. */
export function resolveImport(from: string, specifier: string, workspaces: Workspace[]) {
  if (specifier.startsWith('.'))
    return normalize(join(dirname(from), specifier.replace(/\?.*$/, '')))
  const workspace = workspaces.find(
    ({ name }) => specifier === name || specifier.startsWith(`${name}/`),
  )
  if (!workspace) return null
  const subpath = `.${specifier.slice(workspace.name.length)}`
  return join(workspace.folder, targetOf(workspace.exports, subpath) ?? subpath)
}

function targetOf(exports: Workspace['exports'], subpath: string): string | null {
  const exact = exports[subpath]
  if (exact) return exact
  const patterns = Object.entries(exports).filter(([key]) => key.includes('*'))
  for (const [key, target] of patterns.toSorted(([a], [b]) => b.length - a.length)) {
    const [before = '', after = ''] = key.split('*')
    if (target && subpath.startsWith(before) && subpath.endsWith(after)) {
      return target.replace('*', subpath.slice(before.length, subpath.length - after.length))
    }
  }
  return null
}

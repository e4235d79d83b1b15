import { importsOf, resolveImport, type Import, type Workspace } from './imports.ts'
import { removeFromLists, removeMarked, removeUnusedImports } from './registry-lines.ts'

export type Removal = {
  /** Files that go. */
  gone: Set<string>
  /** Files that stay, with their new text. */
  edited: Map<string, string>
  /** Workspaces that nothing needs when the part is gone. */
  goneWorkspaces: Workspace[]
}

type Edge = Import & { target: string | null }
type Graph = ReadonlyMap<string, Edge[]>

/**
 * Takes a part out of the sources: every folder of its name, tests, pages and programs that import from one, what only
 * removed files imported, and from the lists of what stays, the items that it had there. Throws where a source that
 * stays needs it in another way.
 */
export function removePart(
  part: string,
  sources: ReadonlyMap<string, string>,
  workspaces: Workspace[],
): Removal {
  const texts = new Map([...sources].map(([path, text]) => [path, removeMarked(text, part)]))
  const graph: Graph = new Map(
    [...texts].map(([path, text]) => [
      path,
      importsOf(text).map((each) => ({
        ...each,
        target: resolveImport(path, each.specifier, workspaces),
      })),
    ]),
  )
  const gone = new Set([...sources.keys()].filter((path) => isOfPart(path, part)))
  const routers = [...gone].flatMap((path) => /\/routers\/.*\/([\w-]+)\.ts$/.exec(path)?.[1] ?? [])
  for (const [path, text] of texts) if (isTest(path) && callsOne(text, routers)) gone.add(path)
  const goneWorkspaces = new Set<Workspace>()
  for (let before = -1; before !== gone.size;) {
    before = gone.size
    const exports = lostExports(graph, gone)
    for (const [path, imports] of graph) {
      const isLost = ({ target, names }: Edge) =>
        target !== null &&
        (gone.has(target) || names.some((name) => exports.get(target)?.has(name)))
      if (isLeaf(path) && imports.some(isLost)) gone.add(path)
    }
    for (const path of orphans(graph, gone, workspaces)) gone.add(path)
    for (const workspace of workspaces) {
      if (!isUnneeded(workspace, graph, gone)) continue
      goneWorkspaces.add(workspace)
      for (const path of graph.keys()) if (isIn(path, workspace)) gone.add(path)
    }
  }
  const exports = lostExports(graph, gone)
  const edited = new Map<string, string>()
  for (const [path, imports] of graph) {
    if (gone.has(path)) continue
    const lost = imports.filter(({ target }) => target !== null && gone.has(target))
    const names = imports.flatMap(({ target, names: of, text: own }) =>
      own.startsWith('import') ? of.filter((name) => exports.get(target ?? '')?.has(name)) : [],
    )
    const text = withoutImports(path, texts.get(path) ?? '', lost, names)
    if (text !== sources.get(path)) edited.set(path, text)
  }
  return { gone, edited, goneWorkspaces: [...goneWorkspaces] }
}

/** A folder of its name, templates aside. What removes it, and is needed once, goes too. */
export const isOfPart = (path: string, part: string) =>
  (path.split('/').slice(0, -1).includes(part) && !path.startsWith('packages/gen/templates/')) ||
  /^packages\/gen\/(src|test)\/strip\//.test(path)

const isIn = (path: string, { folder }: Workspace) => path.startsWith(`${folder}/`)

/** Tests, pages and programs: nothing is built on them, so that they go with what they import. */
const isLeaf = (path: string) => isTest(path) || /\/e2e\/|^apps\/web\/src\/routes\//.test(path)

/** What tests call, and the cases that they collect by file name. */
const isTest = (path: string) =>
  /\.(test|spec)\.tsx?$|\.test-d\.ts$|\/(attacks|bench|chaos|trials)\/|\/test\/.*\/(rows|cases|example-world)\//.test(
    path,
  )

/** Whether a text names a router, one of its procedures or scopes, or an address below it. */
function callsOne(text: string, routers: string[]) {
  if (routers.length === 0) return false
  const names = `(${routers.join('|')})`
  const forms = [
    `['"\`]${names}[.:][a-z]`,
    `\\w\\.${names}\\.\\w`,
    `\\['${names}'\\]`,
    `/${names}\\b`,
  ]
  return new RegExp(forms.join('|')).test(text)
}

function withoutImports(path: string, source: string, lost: Import[], names: string[]) {
  if (lost.length === 0 && names.length === 0) return source
  const text = lost.reduce((rest, each) => rest.replace(each.text, ''), source)
  const imported = lost.filter((each) => each.text.startsWith('import'))
  const all = [...names, ...imported.flatMap(({ names: of }) => of)]
  try {
    return removeUnusedImports(removeFromLists(text, all))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${path}: ${why}`, { cause })
  }
}

/** What a registry exported from removed files: `export { articles } from './publishing/articles.ts'`. */
function lostExports(
  graph: Graph,
  gone: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const lost = new Map<string, Set<string>>()
  for (const [path, imports] of graph) {
    for (const { text, target, names } of imports) {
      if (!text.startsWith('export') || target === null || !gone.has(target)) continue
      lost.set(path, new Set([...(lost.get(path) ?? []), ...names]))
    }
  }
  return lost
}

/** Files that others of their workspace imported, all of which go. The test beside a file does not keep it. */
function orphans(graph: Graph, gone: ReadonlySet<string>, workspaces: Workspace[]): string[] {
  const importers = importersIn(graph)
  return [...importers].flatMap(([path, all]) => {
    const others = all.filter((each) => withoutEnding(each) !== withoutEnding(path))
    const by = others.length > 0 ? others : all
    const home = workspaces.find((workspace) => isIn(path, workspace))
    const isOwn = home !== undefined && by.every((each) => isIn(each, home))
    const isOrphan = isOwn && by.length > 0 && by.every((each) => gone.has(each))
    return graph.has(path) && !gone.has(path) && isOrphan ? [path] : []
  })
}

const withoutEnding = (path: string) => path.replace(/(\.test)?\.tsx?$/, '')

/** Others imported from it, and all of these go; a style sheet does without. */
function isUnneeded(workspace: Workspace, graph: Graph, gone: ReadonlySet<string>) {
  const by = [...importersIn(graph)]
    .filter(([path]) => isIn(path, workspace))
    .flatMap(([, importers]) => importers)
    .filter((path) => !isIn(path, workspace) && !path.endsWith('.css'))
  return by.length > 0 && by.every((path) => gone.has(path))
}

function importersIn(graph: Graph): ReadonlyMap<string, string[]> {
  const importers = new Map<string, string[]>()
  for (const [path, imports] of graph) {
    for (const { target } of imports) {
      if (target !== null) importers.set(target, [...(importers.get(target) ?? []), path])
    }
  }
  return importers
}

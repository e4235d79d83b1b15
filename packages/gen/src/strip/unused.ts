import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../run.ts'
import { removeUnusedImports } from './registry-lines.ts'

type Named = { name: string }
type Issue = { file: string } & Partial<Record<(typeof kinds)[number], Named[]>>

const kinds = ['exports', 'types', 'catalog', 'dependencies', 'devDependencies'] as const

/** Removes what only removed files used: exports, the declarations behind them, and entries of the catalog. */
export async function removeUnused(root: string): Promise<void> {
  // What a removed declaration used may be unused now.
  for (let round = 0; round < 6; round += 1) {
    const issues = (await findUnused(root)).filter((issue) =>
      kinds.some((kind) => issue[kind]?.length),
    )
    if (issues.length === 0) return
    for (const issue of issues) {
      const path = join(root, issue.file)
      const before = await readFile(path, 'utf8')
      const names = (...of: (typeof kinds)[number][]) =>
        of.flatMap((kind) => (issue[kind] ?? []).map(({ name }) => name))
      const sources = withoutExports(before, names('exports', 'types'))
      const entries = withoutEntries(sources, names('catalog', 'dependencies', 'devDependencies'))
      await writeFile(path, entries)
    }
  }
}

/** knip fails where it finds something, and says what on its standard output. */
async function findUnused(root: string): Promise<Issue[]> {
  const args = [
    '--reporter',
    'json',
    '--no-exit-code',
    '--include',
    'exports,types,catalog,dependencies',
  ]
  const { issues }: { issues: Issue[] } = JSON.parse(await run(root, 'knip', args))
  return issues
}

/** A source without the declarations of these names, or where it uses them itself, without their `export`. */
export function withoutExports(source: string, names: string[]): string {
  return names.reduce((text, name) => {
    const declared = new RegExp(
      `^export ((?:async )?function|const|type|interface) ${name}\\b`,
      'm',
    )
    const at = text.search(declared)
    if (at < 0) return text
    const uses = text.match(new RegExp(`(?<![\\w$.])${name}(?![\\w$])`, 'g')) ?? []
    if (uses.length > 1) return text.slice(0, at) + text.slice(at + 'export '.length)
    return removeUnusedImports(withoutOwn(withoutStatement(text, at)))
  }, source)
}

/** Types that only removed declarations of the file used. */
function withoutOwn(text: string): string {
  const unused = [...text.matchAll(/^type (\w+)\b/gm)].find(
    ([, name = '']) => (text.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length === 1,
  )
  return unused ? withoutOwn(withoutStatement(text, unused.index)) : text
}

/** Statements are parted by an empty line, or are one line; the comment above goes with its statement. */
function withoutStatement(text: string, at: number): string {
  const head = text.slice(0, at).replace(/\/\*\*(?:(?!\*\/).)*\*\/\n$/s, '')
  const lines = text.slice(at).split('\n')
  let depth = 0
  const end = lines.findIndex((line, index) => {
    depth += (line.match(/[([{]/g)?.length ?? 0) - (line.match(/[)\]}]/g)?.length ?? 0)
    const next = lines[index + 1] ?? ''
    return depth <= 0 && (next === '' || /^\S/.test(next))
  })
  return `${head}${lines.slice(end + 1).join('\n')}`.replaceAll(/\n{3,}/g, '\n\n').trimEnd() + '\n'
}

/** Lines of a catalog or of a package.json that begin with these names. */
const withoutEntries = (text: string, names: string[]) =>
  names.reduce(
    (rest, name) => rest.replace(new RegExp(`^ +['"]?${name}['"]?: .*\\n`, 'm'), ''),
    text,
  )

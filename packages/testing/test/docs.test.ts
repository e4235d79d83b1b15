import { globSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { optionalPrograms } from '../src/on-path.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** How the documents write the folders that they name most. */
const spelledOut = (name: string) =>
  name
    .replace(/^(platform|publishing|\{platform,publishing\})\//, 'packages/$1/src/')
    .replace(/^server\//, 'apps/server/')

const read = (file: string) => readFileSync(`${root}/${file}`, 'utf8')

/** `a/{b,c}` stands for both, but for the two halves of the product, one of which may be taken out. */
function eachOf(name: string): string[] {
  const [whole, choices = ''] = /\{(?!platform,publishing\})([^{}]*)\}/.exec(name) ?? []
  if (whole === undefined) return [name]
  return choices.split(',').flatMap((choice) => eachOf(name.replace(whole, choice)))
}

const isThere = (name: string) => globSync(name, { cwd: root }).length > 0

test.each(['docs/security.md', 'docs/backend-map.md'])('%s names files that are there', (file) => {
  const named: string[] = []
  const missing: string[] = []
  for (const line of read(file).split('\n')) {
    const folders: string[] = []
    for (const [, name = ''] of line.matchAll(/`([\w.@{},*/-]+(?:\/|\.tsx?)[\w.@{},*/-]*)`/g)) {
      for (const one of eachOf(name)) {
        // Without a folder it lies in one that was named before it.
        const paths = one.includes('/') ? [spelledOut(one)] : folders.map((at) => `${at}/${one}`)
        if (!paths.some(isThere)) missing.push(one)
        if (one.endsWith('/')) folders.push(spelledOut(one))
        else if (one.includes('/')) folders.push(path.dirname(spelledOut(one)))
      }
      named.push(name)
    }
  }
  expect(named.length).toBeGreaterThan(50)
  expect(missing).toEqual([])
})

test('docs/security.md has every attack by its title', () => {
  const rows = read('docs/security.md').matchAll(
    /^\| (.+?) +\| .+? +\| `server\/(attacks\/cases\/[\w-]+\.ts)` +\|$/gm,
  )
  const listed = Array.from(rows, ([, title, file]) => [file, title])
  const cases = globSync('attacks/cases/*.ts', { cwd: `${root}/apps/server` }).map((file) => {
    const [, title] = /: Trial = \{\n {2}title: '(.+)',$/m.exec(read(`apps/server/${file}`)) ?? []
    return [file, title]
  })
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(cases))
})

test.each([
  'ARCHITECTURE.md',
  'README.md', // publishing
])('%s names every package', (file) => {
  const text = read(file)
  const packages = readdirSync(`${root}/packages`)
  const named = new Set(text.match(/(?<=packages\/|^ {2}|, )[a-z][\w-]*/gm))
  expect(packages.filter((name) => !named.has(name))).toEqual([])
})

test('docs/operations.md quotes what pages, the dashboard or its own headings say', () => {
  const text = read('docs/operations.md')
  const { panels }: { panels: { title: string }[] } = JSON.parse(read('deploy/grafana/galley.json'))
  const pages = globSync('apps/web/src/{routes,features}/**/*.tsx', { cwd: root }).map(read)
  const headings = Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading]) => heading)
  const known = new Set([...headings, ...panels.map(({ title }) => title)])
  const isShown = (name: string) =>
    pages.some((page) => page.includes(`'${name}'`) || page.includes(`>${name}<`))
  const prose = text.replaceAll(/^```.*?^```$/gms, '')
  const quoted = Array.from(prose.matchAll(/"([A-Z][^"]*)"/g), ([, name = '']) =>
    name.replaceAll(/\s+/g, ' '),
  ).filter((name) => !name.includes('...'))
  expect(quoted.length).toBeGreaterThan(20)
  expect(quoted.filter((name) => !known.has(name) && !isShown(name))).toEqual([])
})

test('CONTRIBUTING.md names the programs that tests need', () => {
  const text = read('CONTRIBUTING.md')
  expect(optionalPrograms.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
})

test('the documents name commands that are there', () => {
  const scriptsOf = (manifest: string) => Object.keys(JSON.parse(read(manifest)).scripts ?? {})
  const ofPnpm = ['exec', 'install', 'sbom']
  const missing: string[] = []
  for (const file of globSync(['*.md', 'docs/*.md', '{apps,packages}/*/README.md'], {
    cwd: root,
  })) {
    const commands = read(file).matchAll(
      /(?:^|`|&& )pnpm (?:--filter @galley\/([\w-]+) )?([a-z][\w:-]*)(?=[`\s])/gm,
    )
    for (const [whole, workspace, script = ''] of commands) {
      const manifest =
        workspace === undefined
          ? 'package.json'
          : globSync(`{apps,packages}/${workspace}/package.json`, { cwd: root })[0]
      const known = manifest === undefined ? [] : [...scriptsOf(manifest), ...ofPnpm]
      if (!known.includes(script)) missing.push(`${file}: ${whole}`)
    }
  }
  expect(missing).toEqual([])
})

test('commands run files that are there', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'))
  const files = Object.values(scripts).flatMap(
    (script) => script.match(/(?:apps|packages)\/\S+/g) ?? [],
  )
  expect(files.length).toBeGreaterThan(10)
  expect(files.filter((file) => !isThere(file))).toEqual([])
})

test('the documents, the manifest and CI name one Node to begin with, and one that is installed', () => {
  const { engines, optionalDependencies } = JSON.parse(read('package.json'))
  const least = Number(/^>=(\d+)$/.exec(engines.node)?.[1])
  expect(read('pnpm-workspace.yaml')).toContain(`\nnodeVersion: ${optionalDependencies.node}\n`)
  const installed = optionalDependencies.node.split('.')[0]
  for (const file of ['README.md', 'docs/operations.md']) {
    expect(read(file), file).toContain(`Node ${least} or newer`)
    expect(read(file), file).toContain(`Node ${installed} that`)
  }
  for (const file of globSync('.github/workflows/*.yml', { cwd: root }))
    for (const [, used] of read(file).matchAll(/container: node:(\d+)-/g))
      expect(Number(used), file).toBeGreaterThanOrEqual(least)
})

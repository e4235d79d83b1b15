import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { camelCase, snakeCase } from '../names.ts'
import { root } from '../root.ts'
import { run } from '../run.ts'
import { copyCheckout } from './copy.ts'

/**
 * What CI runs: makes a slice in a copy of the checkout, and checks and tests what has come of it. Two words, a plural that ends
 * in `-ies` and a singular that begins with a vowel: all are spelled by a rule.
 */
const plural = 'opinion-anthologies'

/** What is the slice's own, and what looks at all slices; of long tests, those of the slice alone. */
const tests = [
  [`src/${plural}`, 'src/root.test.ts', 'src/openapi.test.ts', 'test/generated.test.ts'],
  [`rows/${plural}.test.ts`, 'access/matrix.test.ts', 'access/doc.test.ts', 'openapi-lint'],
]
const testsOfAll = [
  'access/transports',
  'access/mass-assignment',
  'idempotency-procedures',
  'openapi-examples',
]

const started = Date.now()
const print = (line: string) =>
  process.stdout.write(`${((Date.now() - started) / 1000).toFixed(0).padStart(3)} s  ${line}\n`)

try {
  await makeAndTry()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function makeAndTry() {
  await using copy = await copyCheckout(root)
  const said = await run(copy.path, 'node', ['packages/gen/src/main.ts', 'resource', plural])
  const made = pathsIn(said, 'made')
  const changed = pathsIn(said, 'changed')
  await compareWithDocument(copy.path, [...made, ...changed])
  print(`Checking ${made.length} files that were made and ${changed.length} that were changed`)
  const sources = [...made, ...changed].filter((path) => path.endsWith('.ts'))
  const written = sources.filter((path) => !path.endsWith('.gen.ts'))
  await run(copy.path, 'oxfmt', ['--check', ...written])
  await run(copy.path, 'oxlint', ['--type-aware', ...written])
  // One program of these and of all that they import, which is the server: quicker than one for each workspace.
  const project = { extends: './tsconfig.base.json', files: written }
  await writeFile(join(copy.path, 'tsconfig.scratch.json'), JSON.stringify(project))
  await run(copy.path, 'tsc', ['-p', 'tsconfig.scratch.json'])
  await rm(join(copy.path, 'tsconfig.scratch.json'))
  await run(copy.path, 'knip', [])
  await run(copy.path, 'node', ['packages/api-tools/src/contract/main.ts'])
  print('Testing')
  await run(copy.path, 'vitest', ['run', ...tests.flat()])
  await run(copy.path, 'vitest', ['run', ...testsOfAll, '-t', `${camelCase(plural)}|every`])
  print(`${plural} was made, checked and tested, and is gone again`)
}

function pathsIn(said: string, verb: string): string[] {
  return [...said.matchAll(new RegExp(`^ +${verb} +(\\S+)$`, 'gm'))].map(([, path = '']) => path)
}

/** The run that docs/adding-a-resource.md shows, of `bookmarks`, names the same files. */
async function compareWithDocument(path: string, paths: string[]) {
  const text = await readFile(join(path, 'docs/adding-a-resource.md'), 'utf8')
  const shown = [...pathsIn(text, 'made'), ...pathsIn(text, 'changed')].map((each) =>
    each.replace('_bookmarks', `_${snakeCase(plural)}`).replace('bookmarks', plural),
  )
  const found = paths.map((each) => each.replace(/(migrations\/(?:meta\/)?)\d{4}_/, '$1NNNN_'))
  const odd = [...new Set(shown).symmetricDifference(new Set(found))]
  if (odd.length > 0) throw new Error(`docs/adding-a-resource.md differs:\n${odd.join('\n')}`)
}

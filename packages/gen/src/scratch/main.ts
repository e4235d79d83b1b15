import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { camelCase } from '../names.ts'
import { root } from '../root.ts'
import { run } from '../run.ts'
import { copyCheckout } from './copy.ts'

/**
 * What CI runs: makes two slices in a copy of the checkout, checks and tests them, and opens their pages. One is as small as the
 * document shows; the other has two words, a plural in `-ies`, a singular that begins with a vowel, and fields of all types.
 */
const small = 'bookmarks'
const plural = 'opinion-anthologies'
const fields = [
  'name:line(80)',
  'body:markdown', // publishing
  'note:text?',
  'dueAt:timestamp?',
  'startsAt:timestamp',
  'day:date?',
  'status:enum(open,in-progress,done)',
  'rank:integer?',
  'page:integer',
  'done:boolean',
  'seen:boolean?',
  'source:url?',
]

/** What is the slices' own, and what looks at all slices; of long tests, those of the slices alone. */
const tests = [
  [
    small,
    `/${plural}`,
    'src/lists.test.ts',
    'src/root.test.ts',
    'src/openapi.test.ts',
    'test/generated.test.ts',
  ],
  ['access/matrix.test.ts', 'access/doc.test.ts', 'openapi-lint'],
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
  const generate = (...args: string[]) =>
    run(copy.path, 'node', ['packages/gen/src/main.ts', 'resource', ...args])
  print('Making the slices')
  const output = await generate(small)
  await compareWithDocument(copy.path, output)
  const all = `${output}${await generate(plural, '--fields', ...fields)}`
  const made = pathsIn(all, 'made')
  const changed = [...new Set(pathsIn(all, 'changed'))]
  print(`Checking ${made.length} files that were made and ${changed.length} that were changed`)
  const sources = [...made, ...changed].filter((path) => /\.tsx?$/.test(path))
  const written = sources.filter((path) => !path.endsWith('.gen.ts'))
  await run(copy.path, 'oxfmt', ['--check', ...written])
  await run(copy.path, 'oxlint', ['--type-aware', ...written])
  // One program of these and of all that they import, which is the server: quicker than one for each workspace.
  const project = {
    extends: './tsconfig.base.json',
    files: written.filter((path) => !/^apps\/(web|server\/e2e)\//.test(path)),
  }
  await writeFile(join(copy.path, 'tsconfig.scratch.json'), JSON.stringify(project))
  await run(copy.path, 'tsc', ['-p', 'tsconfig.scratch.json'])
  await rm(join(copy.path, 'tsconfig.scratch.json'))
  for (const folder of ['apps/web', 'apps/server/e2e']) {
    await run(copy.path, 'tsc', ['--noEmit', '-p', folder])
  }
  await run(copy.path, 'knip', [])
  await run(copy.path, 'node', ['packages/api-tools/src/contract/main.ts'])
  print('Testing')
  await run(copy.path, 'vitest', ['run', ...tests.flat()])
  await run(copy.path, 'vitest', [
    'run',
    ...testsOfAll,
    '-t',
    `${camelCase(plural)}|${small}|every`,
  ])
  print('Opening the pages')
  await run(join(copy.path, 'apps/web'), 'vite', ['build'])
  const pages = [
    small,
    plural,
    'hostile-texts-of-slices.spec.ts', // publishing
  ]
  await run(join(copy.path, 'apps/server'), 'playwright', ['test', ...pages])
  print(`${small} and ${plural} were made, checked, tested and opened, and are gone again`)
}

function pathsIn(output: string, verb: string): string[] {
  return [...output.matchAll(new RegExp(`^ +${verb} +(\\S+)$`, 'gm'))].map(([, path = '']) => path)
}

/** The run that docs/adding-a-resource.md shows names the same files, and as many. */
async function compareWithDocument(path: string, output: string) {
  const text = await readFile(join(path, 'docs/adding-a-resource.md'), 'utf8')
  const named = (run: string) => [
    ...pathsIn(run, 'made'),
    ...pathsIn(run, 'changed'),
    ...(run.match(/^Writing \d+ files$/m) ?? []),
  ]
  const found = named(output).map((each) =>
    each.replace(/(migrations\/(?:meta\/)?)\d{4}_/, '$1NNNN_'),
  )
  const odd = [...new Set(named(text)).symmetricDifference(new Set(found))]
  if (odd.length > 0) throw new Error(`docs/adding-a-resource.md differs:\n${odd.join('\n')}`)
}

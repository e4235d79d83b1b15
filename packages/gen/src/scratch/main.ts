import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateResource } from '../generate-resource.ts'
import { root } from '../root.ts'
import { run } from '../run.ts'
import { copyCheckout } from './copy.ts'

/**
 * What CI runs: makes a slice in a copy of the checkout, and checks and tests what has come of it. A plural that ends in
 * `-ies` and a singular that begins with a vowel: both are spelled by a rule.
 */
const plural = 'anthologies'

/** What is the slice's own, and what looks at all slices; of long tests, those of the slice alone. */
const tests = [
  [`src/${plural}`, 'src/root.test.ts', 'src/openapi.test.ts', 'test/generated.test.ts'],
  [`rows/${plural}.test.ts`, 'access/matrix.test.ts', 'access/doc.test.ts', 'openapi-lint'],
]
const testsOfAll = [
  'access/doors',
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
  const { made, changed } = await generateResource(copy.path, { plural }, print)
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
  await run(copy.path, 'node', ['packages/api/src/contract/main.ts'])
  print('Testing')
  await run(copy.path, 'vitest', ['run', ...tests.flat()])
  await run(copy.path, 'vitest', ['run', ...testsOfAll, '-t', `${plural}|every`])
  print(`${plural} was made, checked and tested, and is gone again`)
}

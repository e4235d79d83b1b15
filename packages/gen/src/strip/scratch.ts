import { join } from 'node:path'
import { root } from '../root.ts'
import { run } from '../run.ts'
import { check } from './check.ts'
import { strip } from './strip.ts'
import { copyCheckout } from '../scratch/copy.ts'

/**
 * What CI runs: takes the publication out of a copy of the checkout, checks all that is left, makes a resource in it, and
 * tests what means something else now. A new account signs up, confirms its address and signs in, in a browser.
 */
const plural = 'reading-lists'
const fields = ['title:line', 'note:text?', 'dueAt:timestamp?', 'status:enum(open,done)']
const tests = [
  'packages/contract',
  'testing/test/ci.test',
  'testing/test/docs.test',
  'prepare.test',
  'lists.test',
  'root.test',
  'access/matrix',
  'boot.test',
  plural,
]

const started = Date.now()
const print = (line: string) =>
  process.stdout.write(`${((Date.now() - started) / 1000).toFixed(0).padStart(3)} s  ${line}\n`)

try {
  await stripAndTry()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function stripAndTry() {
  await using copy = await copyCheckout(root)
  const { path } = copy
  await strip(path, print)
  print(`Making ${plural}`)
  const generate = ['packages/gen/src/main.ts', 'resource', plural, '--fields', ...fields]
  await expectRefusal(run(path, 'node', [...generate, 'body:markdown']))
  await run(path, 'node', generate)
  print('Checking')
  await check(path)
  print('Testing')
  await run(path, 'vitest', ['run', ...tests])
  await run(path, 'vitest', ['run', 'cli.test', '-t', 'lists the commands'])
  await run(join(path, 'apps/web'), 'vite', ['build'])
  await run(join(path, 'apps/server'), 'playwright', ['test', 'sign-up.spec.ts', plural])
  print(
    'The publication was taken out of a copy; what is left was checked, tested, and is gone again',
  )
}

/** The renderer went with the publication. */
async function expectRefusal(generating: Promise<string>) {
  const output = await generating.catch(String)
  if (!output.includes('no renderer of Markdown')) throw new Error(`It was not refused:\n${output}`)
}

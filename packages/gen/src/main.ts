import { parseArgs } from 'node:util'
import { generateResource } from './generate-resource.ts'
import { root } from './root.ts'

/** `pnpm gen resource <plural noun>`: a new slice through every layer; see docs/adding-a-resource.md. */
const usage = 'pnpm gen resource <plural noun> [--singular <noun>]'

const print = (line: string) => process.stdout.write(`${line}\n`)

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { singular: { type: 'string' } },
  })
  const [kind, plural, ...others] = positionals
  if (kind !== 'resource' || !plural || others.length > 0) throw new Error(`Usage: ${usage}`)
  // Ctrl-C ends the command that is at work; what was written until then is taken back, as after any failure.
  process.on('SIGINT', () => {})
  const { made, changed } = await generateResource(root, { ...values, plural }, print)
  print('')
  for (const path of made) print(`  made     ${path}`)
  for (const path of changed) print(`  changed  ${path}`)
  print(`\n${plural} is there. Try it: pnpm check && pnpm test ${plural}`)
} catch (error) {
  process.stderr.write(`gen: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

import { parseArgs } from 'node:util'
import { generateResource } from './generate-resource.ts'
import { root } from './root.ts'

const usage = 'pnpm gen resource <plural noun> [--singular <noun>]'

/** A new slice through every layer; see docs/adding-a-resource.md. */
export async function resourceCommand(args: string[], print: (line: string) => void) {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { singular: { type: 'string' } },
  })
  const [plural, ...others] = positionals
  if (!plural || others.length > 0) throw new Error(`Usage: ${usage}`)
  // Ctrl-C ends the command that is at work; what was written until then is taken back, as after any failure.
  process.on('SIGINT', () => {})
  const { made, changed } = await generateResource(root, { ...values, plural }, print)
  print('')
  for (const path of made) print(`  made     ${path}`)
  for (const path of changed) print(`  changed  ${path}`)
  print(`\n${plural} is there. Try it: pnpm check && pnpm test ${plural}`)
}

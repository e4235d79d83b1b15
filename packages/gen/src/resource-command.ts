import { parseArgs } from 'node:util'
import { generateResource } from './generate-resource.ts'
import { root } from './root.ts'

const usage =
  "pnpm gen resource <plural noun> [--singular <noun>] [--fields title:line 'dueAt:timestamp?' 'status:enum(open,done)' ...]"

/** A new slice through every layer; see docs/adding-a-resource.md. */
export async function resourceCommand(args: string[], print: (line: string) => void) {
  const given = readArguments(args)
  // Ctrl-C ends the command that is at work; what was written until then is taken back, as after any failure.
  process.on('SIGINT', () => {})
  const { made, changed } = await generateResource(root, given, print)
  print('')
  for (const path of made) print(`  made     ${path}`)
  for (const path of changed) print(`  changed  ${path}`)
  print(`\n${given.plural} is there. Try it: pnpm check && pnpm test ${given.plural}`)
  print('A pnpm dev that runs must be started again: it migrates its database when it starts.')
}

/** What follows `--fields` is fields, one each or several in one argument; throws the usage. */
export function readArguments(args: string[]) {
  const { values, tokens } = parseArgs({
    args,
    allowPositionals: true,
    tokens: true,
    options: { singular: { type: 'string' }, fields: { type: 'string', multiple: true } },
  })
  const nouns: string[] = []
  const fields: string[] = []
  let areFields = false
  for (const token of tokens) {
    if (token.kind === 'option' && token.name === 'fields') {
      areFields = true
      fields.push(...definitionsIn(token.value))
    } else if (token.kind === 'option') areFields = false
    else if (token.kind === 'positional' && areFields) fields.push(...definitionsIn(token.value))
    else if (token.kind === 'positional') nouns.push(token.value)
  }
  const [plural, ...others] = nouns
  if (!plural || others.length > 0) throw new Error(`Usage: ${usage}`)
  return { plural, singular: values.singular, ...(values.fields && { fields }) }
}

/** Parted by blanks, but for those between brackets. */
const definitionsIn = (text = '') => text.split(/\s+(?![^(]*\))/).filter((each) => each !== '')

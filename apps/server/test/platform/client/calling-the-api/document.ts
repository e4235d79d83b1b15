import { readFileSync } from 'node:fs'

const document = readFileSync(
  new URL('../../../../../../docs/calling-the-api.md', import.meta.url),
  'utf8',
)

/** The block of the document that is marked so: ```` ```ts client ````. */
export function blockOf(mark: string): string {
  const [, block] = document.match(new RegExp(`^\`\`\`\\w+ ${mark}\\n(.*?)^\`\`\`$`, 'ms')) ?? []
  if (block === undefined) throw new Error(`docs/calling-the-api.md has no block "${mark}"`)
  return block
}

/** Those that there are. */
export const marks = Array.from(document.matchAll(/^```\w+ (\w+)$/gm), ([, mark]) => mark)

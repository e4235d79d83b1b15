import { readFileSync } from 'node:fs'

/** A command of the document, as it stands there. */
export type Block = { name: string; script: string; line: number }

/** What is wrong with the marks of a document, and the blocks to run. */
export type Marked = { blocks: Block[]; problems: string[] }

/** Words of a document in whose place its reader puts their own. */
const VARIABLE = /<[a-z][a-z -]*>/g

/**
 * Each block of shell commands says `run=<name>`, or `not-run="why"` where it cannot be run here. Names are unlike each other, and no
 * command of `pnpm galley` is in no block.
 */
export function readBlocks(document: string): Marked {
  const blocks: Block[] = []
  const problems: string[] = []
  for (const { 1: info = '', 2: script = '', index } of document.matchAll(
    /^```(?:sh|bash|shell|console)\b(.*)\n([\s\S]*?)^```$/gm,
  )) {
    const line = document.slice(0, index).split('\n').length
    const [, name] = /^ run=([a-z][a-z-]*)$/.exec(info) ?? []
    if (name !== undefined) {
      if (blocks.some((block) => block.name === name))
        problems.push(`line ${line}: ${name} is there twice`)
      blocks.push({ name, script, line })
    } else if (!/^ not-run="[^"]{10,}"$/.test(info)) {
      problems.push(
        `line ${line}: mark the block with run=<name> or not-run="why it cannot be run here"`,
      )
    }
  }
  // As many lines as before, so that they keep their numbers.
  const prose = document.replaceAll(/^```[\s\S]*?^```$/gm, (block) => block.replaceAll(/.+/g, ''))
  for (const { 0: command, index } of prose.matchAll(/`pnpm galley [a-z][^`]*`/g)) {
    const line = prose.slice(0, index).split('\n').length
    problems.push(`line ${line}: ${command} is in no block, so that nothing runs it`)
  }
  return { blocks, problems }
}

const OPERATIONS = new URL('../../../docs/operations.md', import.meta.url)

export const readOperations = (): Marked => readBlocks(readFileSync(OPERATIONS, 'utf8'))

/** The script with `values` in place of `<...>`. Throws for one that has no value, and for a value that is not used. */
export function fillIn({ name, script }: Block, values: Record<string, string>): string {
  const unused = new Set(Object.keys(values))
  const filled = script.replaceAll(VARIABLE, (variable) => {
    const word = variable.slice(1, -1)
    const value = values[word]
    if (value === undefined) throw new Error(`${name}: there is no value for ${variable}`)
    unused.delete(word)
    return value
  })
  if (unused.size > 0) throw new Error(`${name} has no <${[...unused].join('>, <')}>`)
  return filled
}

// The commands themselves are run by `pnpm runbook`, which takes minutes.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fillIn, readBlocks, readOperations } from '../../../runbook/blocks.ts'

test('every command of docs/operations.md is run by `pnpm runbook`, or says why it cannot be', () => {
  const { blocks, problems } = readOperations()
  expect(problems).toEqual([])
  const folder = new URL('../../../runbook/', import.meta.url)
  const source = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'))
  const run = new Set(
    Array.from(
      source.join('\n').matchAll(/\.(?:run|serve)\(\s*'([a-z-]+)'/g),
      ([, name = '']) => name,
    ),
  )
  expect(new Set(blocks.map(({ name }) => name))).toEqual(run)
  expect(blocks.length).toBeGreaterThan(15)
})

test('a block that is not marked, marked twice or without a reason is found', () => {
  const document = [
    'sh',
    'sh run=one',
    'sh run=one',
    'sh not-run=""',
    'bash run=Two',
    'nginx',
    'sh not-run="needs a cluster"',
  ]
    .map((info) => `\`\`\`${info}\nls\n\`\`\`\n`)
    .join('')
  const { blocks, problems } = readBlocks(document)
  expect(blocks).toEqual([
    { name: 'one', script: 'ls\n', line: 4 },
    { name: 'one', script: 'ls\n', line: 7 },
  ])
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    'line 1',
    'line 7',
    'line 10',
    'line 13',
  ])
})

test('a command of `pnpm galley` outside of a block is found', () => {
  const block = '```sh run=keys\npnpm galley keys revoke\n```\n'
  expect(readBlocks(`Run it.\n\n${block}`).problems).toEqual([])
  const { problems } = readBlocks(`${block}\nOr \`pnpm galley keys revoke\`, by \`pnpm galley\`.\n`)
  expect(problems).toEqual([
    'line 5: `pnpm galley keys revoke` is in no block, so that nothing runs it',
  ])
})

test('only what the document leaves open is filled in, and all of it', () => {
  const block = { name: 'copy', script: 'cp <folder>/<backup> < <file of it>\n', line: 1 }
  const values = { folder: '/a', backup: 'b', 'file of it': 'c' }
  expect(fillIn(block, values)).toBe('cp /a/b < c\n')
  expect(() => fillIn(block, { folder: '/a', backup: 'b' })).toThrow('no value for <file of it>')
  expect(() => fillIn(block, { ...values, more: '' })).toThrow('has no <more>')
})

import { expect, test } from 'vitest'
import { renderDocument } from '../pipeline.ts'
import { MarkdownTooComplex } from '../errors.ts'

test.each([
  ['nesting', `${'> '.repeat(101)}a`, 'The text is nested deeper than 100 levels'],
  ['rows padded to a wide table', wideTable(1000, 50), 'The tables have more than 50000 cells'],
  [
    'one long URL, often referred to',
    references(10_000, 51),
    'The reference links expand to more than 500000 characters',
  ],
])('%s has a limit', async (_, markdown, message) => {
  await expect(renderDocument(markdown, 'article')).rejects.toThrow(new MarkdownTooComplex(message))
})

test.each([
  ['nesting', `${'> '.repeat(45)}a`],
  ['a wide table', wideTable(1000, 40)],
  ['references', references(10_000, 40)],
])('%s below the limit renders', async (_, markdown) => {
  expect((await renderDocument(markdown, 'article')).html).not.toBe('')
})

function wideTable(columns: number, rows: number): string {
  return `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'b\n'.repeat(rows)}`
}

function references(urlLength: number, count: number): string {
  return `[a]: /${'x'.repeat(urlLength)}\n\n${'[a] '.repeat(count)}`
}

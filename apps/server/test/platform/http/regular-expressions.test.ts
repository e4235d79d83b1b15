import { glob, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { listProcedures } from '@galley/api/procedures'
import { appRouter } from '@galley/api/root'
import { check } from 'recheck'
import ts from 'typescript-5'
import { expect, test } from 'vitest'
import { z } from 'zod'

/**
 * Every regular expression that ships, in the sources and in what procedures take, is linear in the length of its input
 * (recheck: by an automaton, or else by the search for an attack). A new one that is not is mended, or listed here with
 * the reason why its input is bounded.
 */
const bounded = new Map([
  [String.raw`/_([a-z_]+)_id_fk$/`, 'names of our own constraints'],
  [String.raw`/\/+$/`, 'an address that an operator or a program sets'],
  [String.raw`/shared memory block .* still in use|could not bind/`, 'lines of our own PostgreSQL'],
])

const root = fileURLToPath(new URL('../../../../..', import.meta.url))
const sources = ['apps/*/src/**/*.{ts,tsx}', 'packages/*/src/**/*.{ts,tsx}']
const apart = /\.(?:test|gen)\.|\.test-d\.|^packages\/(?:gen|testing)\//

type Found = { pattern: string; file: string }

const inSources: Found[] = []
const madeAtRunTime: string[] = []
for await (const file of glob(sources, { cwd: root })) {
  if (!apart.test(file)) collect(file, await readFile(`${root}/${file}`, 'utf8'))
}

function collect(file: string, text: string) {
  const visit = (node: ts.Node) => {
    if (ts.isRegularExpressionLiteral(node)) inSources.push({ pattern: node.text, file })
    if (isRegExpCall(node)) madeAtRunTime.push(file)
    ts.forEachChild(node, visit)
  }
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, kind))
}

function isRegExpCall(node: ts.Node) {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false
  return ts.isIdentifier(node.expression) && node.expression.text === 'RegExp'
}

const inInputs: Found[] = listProcedures(appRouter).flatMap(({ path, input }) =>
  patternsOf(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })).map((pattern) => ({
    pattern: `/${pattern}/`,
    file: path,
  })),
)

function patternsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([name, part]) =>
    name === 'pattern' && typeof part === 'string' ? [part] : patternsOf(part),
  )
}

const fileByPattern = new Map(
  [...inSources, ...inInputs].map(({ pattern, file }) => [pattern, file]),
)

const verdictOn = async (pattern: string) => {
  const end = pattern.lastIndexOf('/')
  const found = await check(pattern.slice(1, end), pattern.slice(end + 1), {
    timeout: 90_000,
    randomSeed: 1,
  })
  return found.status === 'vulnerable' ? found.complexity.summary : found.status
}

test('regular expressions are found, and none is put together at run time', () => {
  expect(inSources.length).toBeGreaterThan(80)
  expect(inInputs.length).toBeGreaterThan(10)
  expect(madeAtRunTime).toEqual([])
})

test.each(['/^-+|-+$/', '/(a+)+$/', '/^json *(; *utf-8)? *$/'])(
  '%s is found out',
  async (pattern) => {
    expect(await verdictOn(pattern)).toMatch(/polynomial|exponential/)
  },
)

test.each([...fileByPattern].filter(([pattern]) => !bounded.has(pattern)))(
  '%s is linear (%s)',
  async (pattern) => {
    expect(await verdictOn(pattern)).toBe('safe')
  },
  100_000,
)

test('what is listed as bounded is there', () => {
  expect([...bounded.keys()].filter((pattern) => !fileByPattern.has(pattern))).toEqual([])
})

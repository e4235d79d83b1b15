import { readFileSync } from 'node:fs'
import { appRouter } from '@galley/api/root'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { routerFile } from '../generate/router-file.ts'
import { typeOf } from '../generate/type-of.ts'

const path = new URL('../src/api.gen.ts', import.meta.url)

test('src/api.gen.ts is what `pnpm --filter @galley/client generate` writes', async () => {
  expect(readFileSync(path, 'utf8')).toBe(await routerFile(appRouter))
})

describe('plain types', () => {
  test.for<[string, z.ZodType, string, string]>([
    [
      'a default',
      z.object({ a: z.int().default(1) }),
      '{ a?: number | undefined }',
      '{ a: number }',
    ],
    [
      'nullish',
      z.object({ a: z.string().nullish() }),
      ...both('{ a?: string | null | undefined }'),
    ],
    ['a key that needs quotes', z.object({ 'a-b': z.null() }), ...both('{ "a-b": null }')],
    ['an array of a union', z.array(z.enum(['a', 'b'])), ...both('("a" | "b")[]')],
    ['no fields', z.strictObject({}), ...both('Record<string, never>')],
    [
      'others come along',
      z.looseObject({ a: z.string() }),
      ...both('Open<{ a: string } & Record<string, unknown>>'),
    ],
    ['a transform', z.string().transform(Number).pipe(z.number()), 'string', 'number'],
  ])('%s', ([, schema, input, output]) => {
    const named = () => undefined
    expect([typeOf(schema, 'input', named), typeOf(schema, 'output', named)]).toEqual([
      input,
      output,
    ])
  })

  test('what has none yet is refused', () => {
    expect(() => typeOf(z.map(z.string(), z.string()), 'input', () => undefined)).toThrow('"map"')
  })
})

function both(type: string): [string, string] {
  return [type, type]
}

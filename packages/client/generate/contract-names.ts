import { readFileSync } from 'node:fs'
import { readNamedSchemas } from '@galley/api-tools/named-schemas'
import type { z } from 'zod'

export type Named = { name: string; doc: string }

/** The schemas that the contract exports, by identity: their names and docstrings go into the generated types. */
export async function contractNames(): Promise<Map<z.core.$ZodType, Named>> {
  const byFile = Map.groupBy(await readNamedSchemas(), ({ file }) => file.href)
  const named = [...byFile].flatMap(([file, schemas]) => {
    const docs = docsOf(readFileSync(new URL(file), 'utf8'))
    return schemas
      .filter(({ schema }) => worthAName.has(schema.def.type))
      .map(({ name, schema }) => [schema, { name, doc: docs.get(name) ?? '' }] as const)
  })
  return new Map(named)
}

/** A name for every kind of string would say less than `string`. */
const worthAName = new Set<string>(['object', 'union', 'enum'])

function docsOf(source: string) {
  const found = source.matchAll(/(\/\*\*(?:(?!\*\/)[^])*\*\/)\nexport const (\w+)/g)
  return new Map(Array.from(found, ([, doc = '', name = '']) => [name, doc]))
}

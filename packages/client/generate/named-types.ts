import { readFileSync } from 'node:fs'
import { readNamedSchemas } from '@galley/api-tools/named-schemas'
import type { z } from 'zod'
import { type NameOf, type Side, spelledOut, typeOf } from './type-of.ts'

const unnamed: NameOf = () => undefined

/**
 * Types by the names of the contract, each declared once and only when something refers to it. Where what is sent
 * differs from what is got, the former is called `<Name>Input`.
 */
export function namedTypes(contract: Map<z.core.$ZodType, Named>) {
  const declared = new Map<string, string>()
  const refer: NameOf = (schema, side) => {
    const named = contract.get(schema)
    if (!named) return undefined
    const name = differs(schema) ? nameOn(side, named.name) : named.name
    if (!declared.has(name)) declare(name, named.doc, schema, side)
    return name
  }
  const declare = (name: string, doc: string, schema: z.core.$ZodType, side: Side) => {
    declared.set(name, '') // keeps its place before those that it refers to
    const type = spelledOut(schema, side, refer)
    declared.set(name, `${doc && `${doc}\n`}export type ${name} = ${type}\n`)
  }
  return {
    typeOf: (schema: z.core.$ZodType, side: Side) => typeOf(schema, side, refer),
    declarations: () => [...declared.values()].join('\n'),
  }
}

/** `PageInput` is what is sent already by its name. */
function nameOn(side: Side, name: string) {
  if (name.endsWith('Input')) return side === 'input' ? name : `${name}Output`
  return side === 'input' ? `${name}Input` : name
}

const differs = (schema: z.core.$ZodType) =>
  spelledOut(schema, 'input', unnamed) !== spelledOut(schema, 'output', unnamed)

type Named = { name: string; doc: string }

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

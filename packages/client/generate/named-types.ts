import type { z } from 'zod'
import type { Named } from './contract-names.ts'
import { spelledOut, typeOf, type NameOf, type Side } from './type-of.ts'

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

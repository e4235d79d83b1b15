import { readdirSync, readFileSync } from 'node:fs'
import type { z } from 'zod'

export type Named = { name: string; doc: string }

const folder = new URL(import.meta.resolve('@galley/contract/errors')).href.replace(/[^/]*$/, '')

/** The schemas that the contract exports, by identity: their names and docstrings go into the generated types. */
export async function contractNames(): Promise<Map<z.core.$ZodType, Named>> {
  const files = readdirSync(new URL(folder), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.includes('.test.'),
  )
  const named = await Promise.all(files.toSorted().map(namedIn))
  return new Map(named.flat().toReversed())
}

async function namedIn(file: string): Promise<[z.core.$ZodType, Named][]> {
  const address = new URL(file, folder)
  const docs = docsOf(readFileSync(address, 'utf8'))
  const exports: object = await import(address.href)
  return Object.entries(exports).flatMap(([name, value]) =>
    isWorthAName(value) ? [[value, { name, doc: docs.get(name) ?? '' }] as const] : [],
  ) as [z.core.$ZodType, Named][]
}

/** Objects, unions and enums; a name for every kind of string would say less than `string`. */
function isWorthAName(value: unknown): value is z.core.$ZodType {
  if (typeof value !== 'object' || value === null || !('_zod' in value)) return false
  return ['object', 'union', 'enum'].includes((value as z.core.$ZodType)._zod.def.type)
}

function docsOf(source: string) {
  const found = source.matchAll(/(\/\*\*(?:(?!\*\/)[^])*\*\/)\nexport const (\w+)/g)
  return new Map(Array.from(found, ([, doc = '', name = '']) => [name, doc]))
}

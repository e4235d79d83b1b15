import { readdirSync } from 'node:fs'
import { z } from 'zod'

export type NamedSchema = { name: string; schema: z.ZodType }

type ContractSchema = NamedSchema & {
  /** The module that exports it. */
  file: URL
}

const folder = new URL('./', import.meta.resolve('@galley/contract/errors'))

/**
 * Every schema that `packages/contract` exports, once, by the name of its export. Of several names the first counts,
 * those of `primitives.ts` and its neighbours before those of the folders.
 */
export async function readNamedSchemas(): Promise<ContractSchema[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
    .toSorted((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))
  const exported = await Promise.all(files.map((file) => exportedBy(new URL(file, folder))))
  const named = [...new Map(exported.flat().toReversed().map(bySchema)).values()].toReversed()
  for (const [name, schemas] of Map.groupBy(named, (one) => one.name)) {
    if (schemas.length > 1)
      throw new Error(`${schemas.length} schemas of the contract are called ${name}`)
  }
  return named
}

const depthOf = (file: string) => file.split('/').length

const bySchema = (named: ContractSchema) => [named.schema, named] as const

async function exportedBy(file: URL): Promise<ContractSchema[]> {
  const module: object = await import(file.href)
  return Object.entries(module).flatMap(([name, schema]) =>
    schema instanceof z.ZodType ? [{ name, schema, file }] : [],
  )
}

import { z } from 'zod'

export type JsonSchema = z.core.JSONSchema.BaseSchema

const Schema = z.custom<JsonSchema>((value) => typeof value === 'object' && value !== null)
const Schemas = z.record(z.string(), Schema)

/** A procedure as callers meet it: what it declares (`Meta`), takes and returns. */
const ContractProcedure = z.looseObject({
  type: z.enum(['query', 'mutation', 'subscription']),
  access: z.enum(['public', 'signed-in', 'editor', 'admin']),
  scope: z.string().nullable(),
  cost: z.number(),
  allowance: z.string().optional(),
  fresh: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  suspended: z.boolean().optional(),
  enrolling: z.boolean().optional(),
  rest: z
    .looseObject({
      method: z.string(),
      path: z.string(),
      status: z.number().optional(),
      location: z.string().optional(),
      versioned: z.boolean().optional(),
    })
    .optional(),
  input: Schema,
  output: Schema,
})
export type ContractProcedure = z.output<typeof ContractProcedure>

/** All that callers can come to rely on. */
const Surface = z.object({
  procedures: z.record(z.string(), ContractProcedure),
  /** Code by reason. */
  errors: z.record(z.string(), z.string()),
  /** Schemas that have a name in `packages/contract`: `#/inputs/PageInput` in a `$ref`. */
  inputs: Schemas,
  outputs: Schemas,
})
export type Surface = z.output<typeof Surface>

/** `contract.json`. */
export const Contract = z.object({
  version: z.object({ major: z.int().min(1), hash: z.string() }),
  /** By the major version that broke it: the procedures and error reasons that callers must look at. */
  breaking: z.record(z.string(), z.array(z.string())),
  ...Surface.shape,
})
export type Contract = z.output<typeof Contract>

/** The text of `packages/contract/src/version.ts`: what a browser may know of `contract.json`. */
export const versionModule = ({ major, hash }: Contract['version']): string =>
  `/** Made by \`pnpm contract --write\`: of the contract that this code was built with. */
export const contractVersion = { major: ${major}, hash: '${hash}' }
`

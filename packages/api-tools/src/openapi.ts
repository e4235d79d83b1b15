import type { AnyTRPCRouter } from '@trpc/server'
import { contractHeader } from '@galley/contract/skew'
import {
  headerRef,
  type JsonSchema,
  type OpenApiDocument,
  type OperationObject,
  parameterRef,
  responseRef,
} from './openapi/document.ts'
import { headers } from './openapi/headers.ts'
import { about, securityOf, securitySchemes, docsOf, tagOf, tagsOf } from './openapi/about.ts'
import { headerParameters } from './openapi/parameters.ts'
import { bodySchemaOf, parametersOf, requestBodyOf } from './openapi/request.ts'
import { refusedOf, sharedResponses, successesOf } from './openapi/responses.ts'
import { namedSchemas, referredTo } from './openapi/schemas.ts'
import { readNamedSchemas } from './named-schemas.ts'
import { listRestOperations, type RestOperation } from './rest.ts'

type Options = {
  /** Where people and API clients find the server: `https://galley.example`. */
  origin: string
  router: AnyTRPCRouter
  /** What the server offers beside the procedures. */
  others?: RestOperation[]
}

/** OpenAPI 3.1 of everything under `/api/v1`, made of the procedures and their schemas. */
export async function openApiDocument({
  origin,
  router,
  others = [],
}: Options): Promise<OpenApiDocument> {
  const operations = [...others, ...listRestOperations(router)]
  const contract = await readNamedSchemas()
  const inputs = namedSchemas('input', operations, contract)
  const outputs = namedSchemas('output', operations, contract)
  const bodies = new Map<string, JsonSchema>()
  const paths: OpenApiDocument['paths'] = {}
  for (const operation of operations) {
    const { path, method } = operation
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(operation) }
  }
  const responses = usedIn(paths, sharedResponses, responseRef)
  const parameters = usedIn(paths, headerParameters, parameterRef)
  return {
    openapi: '3.1.1',
    info: { ...about(origin), version: contractHeader() },
    servers: [{ url: `${origin}/api/v1`, description: 'This server.' }],
    tags: tagsOf(operations),
    paths,
    components: {
      schemas: usedSchemas(),
      responses,
      parameters,
      headers: usedIn([paths, responses], headers, headerRef),
      securitySchemes: securitySchemes(origin),
    },
  }

  function describe(operation: RestOperation): OperationObject {
    const { name, meta } = operation
    const docs = docsOf(operation)
    const { summary, description, refusals = [], examples } = docs
    const inputName = inputs.nameOf(operation.input)
    const taken = {
      operation,
      docs,
      input: { name: inputName, schema: inputs.byName[inputName] ?? {} },
    }
    const body = bodySchemaOf(taken)
    if (body) bodies.set(body.name, body.schema)
    const output = outputs.nameOf(operation.output)
    return {
      operationId: name,
      summary,
      description: [description, scopeOf(meta), replacedBy(meta)].filter(Boolean).join(' '),
      tags: [tagOf(operation)],
      ...(meta.deprecated && { deprecated: true as const }),
      security: securityOf(operation),
      parameters: parametersOf(taken),
      ...(body && { requestBody: requestBodyOf(body, examples, operation.rest) }),
      responses: {
        ...successesOf({ operation, examples, output }),
        ...refusedOf(operation, refusals),
      },
    }
  }

  /** What requests and responses refer to; a schema that is both is the same both ways, or it would need two names. */
  function usedSchemas() {
    const taken = { ...inputs.byName, ...Object.fromEntries(bodies) }
    const schemas = new Map<string, JsonSchema>()
    for (const [roots, from] of [
      [requestParts(paths), taken],
      [{ parameters }, taken],
      [[responseParts(paths), responses], outputs.byName],
    ] as const) {
      for (const name of referredTo(roots, from)) {
        const schema = from[name] ?? {}
        const other = schemas.get(name)
        if (other && JSON.stringify(other) !== JSON.stringify(schema)) {
          throw new Error(`${name} is not the same in requests and responses`)
        }
        schemas.set(name, schema)
      }
    }
    return Object.fromEntries([...schemas].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }
}

const scopeOf = ({ scope }: RestOperation['meta']) =>
  scope === null ? '' : `A personal token needs the scope \`${scope}\`.`

const replacedBy = ({ deprecated }: RestOperation['meta']) =>
  deprecated
    ? `Gone from ${deprecated.sunset} on.${deprecated.use ? ` Use ${deprecated.use}.` : ''}`
    : ''

const operationsIn = (paths: OpenApiDocument['paths']) =>
  Object.values(paths).flatMap((item) => Object.values(item))

const requestParts = (paths: OpenApiDocument['paths']) =>
  operationsIn(paths).map(({ parameters, requestBody }) => ({ parameters, requestBody }))

const responseParts = (paths: OpenApiDocument['paths']) =>
  operationsIn(paths).map(({ responses }) => responses)

/** Those of the shared components that `parts` of the document refer to. */
function usedIn<Component>(
  parts: unknown,
  components: Record<string, Component>,
  refTo: (name: string) => { $ref: string },
): Record<string, Component> {
  const text = JSON.stringify(parts)
  return Object.fromEntries(
    Object.entries(components).filter(([name]) => text.includes(`"${refTo(name).$ref}"`)),
  )
}

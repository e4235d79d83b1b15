import { contractHeader } from '@galley/contract/skew'
import {
  headerRef,
  type JsonSchema,
  type OpenApiDocument,
  type OperationObject,
} from './openapi/document.ts'
import { headers } from './openapi/headers.ts'
import { about } from './openapi/about.ts'
import { textOf } from './openapi/operation-texts.ts'
import { headerParameters } from './openapi/parameters.ts'
import { programOperations } from './openapi/programs.ts'
import { bodySchemaOf, parametersOf, requestBodyOf } from './openapi/request.ts'
import { refusedOf, sharedResponses, successesOf } from './openapi/responses.ts'
import { namedSchemas, referredTo } from './openapi/schemas.ts'
import { securityOf, securitySchemes } from './openapi/security.ts'
import { tags } from './openapi/tags.ts'
import { listRestOperations, type RestOperation } from './rest.ts'
import { appRouter } from './root.ts'

type Options = {
  /** Where people and programs find the server: `https://galley.example`. */
  origin: string
  router?: Parameters<typeof listRestOperations>[0]
}

/** OpenAPI 3.1 of all that answers under `/api/v1`, made of the procedures and their schemas. */
export function openApiDocument({ origin, router = appRouter }: Options): OpenApiDocument {
  const operations = [...programOperations, ...listRestOperations(router)]
  const inputs = namedSchemas('input', operations)
  const outputs = namedSchemas('output', operations)
  const bodies = new Map<string, JsonSchema>()
  const paths: OpenApiDocument['paths'] = {}
  for (const operation of operations) {
    const { path, method } = operation
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(operation) }
  }
  return {
    openapi: '3.1.1',
    info: { ...about(origin), version: contractHeader() },
    servers: [{ url: `${origin}/api/v1`, description: 'This server.' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: usedSchemas(),
      responses: sharedResponses,
      parameters: headerParameters,
      headers: usedHeaders(),
      securitySchemes: securitySchemes(origin),
    },
  }

  function describe(operation: RestOperation): OperationObject {
    const { name, meta } = operation
    const { summary, description, refusals = [], examples } = textOf(name)
    const inputName = inputs.nameOf(operation.input)
    const taken = {
      operation,
      examples,
      input: { name: inputName, schema: inputs.byName[inputName] ?? {} },
    }
    const body = bodySchemaOf(taken)
    if (body) bodies.set(body.name, body.schema)
    const output = outputs.nameOf(operation.output)
    return {
      operationId: name,
      summary,
      description: [description, scopeOf(meta), replacedBy(meta)].filter(Boolean).join(' '),
      tags: [name.split('.', 1)[0] ?? name],
      ...(meta.deprecated && { deprecated: true as const }),
      security: securityOf(operation),
      parameters: parametersOf(taken),
      ...(body && { requestBody: requestBodyOf(body, examples) }),
      responses: {
        ...successesOf({ operation, examples, output }),
        ...refusedOf(operation, refusals),
      },
    }
  }

  function usedHeaders() {
    const text = JSON.stringify([paths, sharedResponses])
    return Object.fromEntries(
      Object.entries(headers).filter(([name]) => text.includes(`"${headerRef(name).$ref}"`)),
    )
  }

  /** What requests and answers refer to; a schema that is both is the same both ways, or it would need two names. */
  function usedSchemas() {
    const taken = { ...inputs.byName, ...Object.fromEntries(bodies) }
    const schemas = new Map<string, JsonSchema>()
    for (const [roots, from] of [
      [requestParts(paths), taken],
      [{ headerParameters }, taken],
      [[answerParts(paths), sharedResponses], outputs.byName],
    ] as const) {
      for (const name of referredTo(roots, from)) {
        const schema = from[name] ?? {}
        const other = schemas.get(name)
        if (other && JSON.stringify(other) !== JSON.stringify(schema)) {
          throw new Error(`${name} is not the same in requests and answers`)
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

const answerParts = (paths: OpenApiDocument['paths']) =>
  operationsIn(paths).map(({ responses }) => responses)

import type { RestField, RestOperation } from '../rest.ts'
import { takesKey } from '@galley/api/idempotency'
import {
  parameterRef,
  schemaRef,
  type Examples,
  type JsonSchema,
  type Parameter,
  type RequestBody,
} from './document.ts'
import { examplesOf } from './examples-of.ts'
import type { OperationDocs, OperationExample } from '@galley/api/docs'
import { fieldTexts, headerParameters } from './parameters.ts'

type Taken = { operation: RestOperation; docs: OperationDocs; input: Named }
type Named = { name: string; schema: JsonSchema }

/** What an operation takes outside its body: fields in path and query, and the headers that hold for it. */
export function parametersOf({ operation, docs, input }: Taken) {
  const { examples } = docs
  const texts: Record<string, string> = { ...fieldTexts, ...docs.fields }
  const { method, kind, rest, meta, fields } = operation
  const own = fields.flatMap((field): Parameter[] => {
    if (field.in === 'body') return []
    const name = field.as
    const text = texts[field.name]
    const place = field.in
    return [
      {
        name,
        in: place,
        required: field.required,
        ...(text && { description: text }),
        schema: propertyOf(input.schema, field),
        ...withExamples(examplesOf(examples, (example) => example[place]?.[name])),
      },
    ]
  })
  const headers: (keyof typeof headerParameters)[] = [
    ...(method === 'GET' ? (['IfNoneMatch'] as const) : []),
    ...(rest.versioned ? (['IfMatch'] as const) : []),
    ...(kind === 'mutation' && takesKey(meta) ? (['IdempotencyKey'] as const) : []),
  ]
  return [...own, ...headers.map((header) => headerOf(header, examples))]
}

/** The shared header, or a copy of it where examples send it. */
function headerOf(header: keyof typeof headerParameters, examples: OperationExample[]) {
  const parameter = headerParameters[header]
  const own = examplesOf(examples, (example) => example.headers?.[parameter.name])
  return Object.keys(own).length > 0 ? { ...parameter, examples: own } : parameterRef(header)
}

const withExamples = (examples: Examples) => (Object.keys(examples).length > 0 ? { examples } : {})

function propertyOf({ properties = {} }: JsonSchema, { name, schema }: RestField): JsonSchema {
  const property = properties[name]
  return typeof property === 'object' ? property : schema
}

/** The fields that go into the body: the named input itself, or what the path leaves of it as a schema of its own. */
export function bodySchemaOf({ operation: { fields, rest }, input }: Taken): Named | undefined {
  const names = fields.flatMap((field) => (field.in === 'body' ? [field.name] : []))
  if (names.length === 0) return undefined
  if (names.length === fields.length && !rest.versioned) return input
  const { properties = {}, required = [] } = input.schema
  return {
    name: `${input.name}Body`,
    schema: {
      ...input.schema,
      properties: Object.fromEntries(names.map((name) => [name, properties[name] ?? {}])),
      // The version may come as If-Match instead.
      required: required.filter(
        (name) => names.includes(name) && !(rest.versioned && name === 'version'),
      ),
    },
  }
}

export function requestBodyOf(
  { name, schema }: Named,
  examples: OperationExample[],
  { multipart }: RestOperation['rest'],
): RequestBody {
  const { required = [] } = schema
  return {
    required: required.length > 0,
    content: {
      [multipart ? 'multipart/form-data' : 'application/json']: {
        schema: schemaRef(name),
        ...withExamples(examplesOf(examples, ({ body }) => body)),
      },
    },
  }
}

import type {
  OpenApiDocument,
  OperationObject,
  Parameter,
} from '@galley/api-tools/openapi/document'
import { pngOf } from '@galley/platform/test/pictures'
import type { InjectOptions } from 'fastify'

export type Documented = { path: string; method: string; operation: OperationObject }

export type Example = Documented & { title: string; request: InjectOptions; status: string }

/** Every operation of the document. */
export const operationsIn = ({ paths }: OpenApiDocument): Documented[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  )

/** Its parameters, those with names of their own too. */
export const parametersOf = ({ components }: OpenApiDocument, { parameters }: OperationObject) =>
  parameters.map((parameter): Parameter => {
    if (!('$ref' in parameter)) return parameter
    const found = components.parameters[parameter.$ref.split('/').at(-1) ?? '']
    if (!found) throw new Error(`There is no ${parameter.$ref}`)
    return found
  })

/** Every example of the document, put together from its parts by their common key. */
export function examplesIn(document: OpenApiDocument): Example[] {
  return operationsIn(document).flatMap((documented) => {
    const { operation } = documented
    const parameters = parametersOf(document, operation)
    const [status = ''] = Object.keys(operation.responses)
    const keys = keysOf(operation, parameters)
    return [...keys].map((key) => ({
      ...documented,
      title: `${operation.operationId}: ${key}`,
      status,
      request: toRequest(documented, parameters, key),
    }))
  })
}

function keysOf({ requestBody, responses }: OperationObject, parameters: Parameter[]) {
  const media = Object.values(responses).flatMap((response) =>
    'content' in response ? Object.values(response.content ?? {}) : [],
  )
  return new Set(
    [...parameters, ...Object.values(requestBody?.content ?? {}), ...media].flatMap(
      ({ examples = {} }) => Object.keys(examples),
    ),
  )
}

function toRequest(
  { path, method, operation }: Documented,
  parameters: Parameter[],
  key: string,
): InjectOptions {
  const given = parameters.flatMap((parameter) => {
    const example = parameter.examples?.[key]
    return example ? [{ ...parameter, value: String(example.value) }] : []
  })
  const valuesIn = (place: Parameter['in']) =>
    Object.fromEntries(given.flatMap((one) => (one.in === place ? [[one.name, one.value]] : [])))
  const inPath = valuesIn('path')
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(inPath[name] ?? ''),
  )
  const { content = {} } = operation.requestBody ?? {}
  const body = content['application/json']?.examples?.[key]
  const form = content['multipart/form-data']?.examples?.[key]
  return {
    method: method.toUpperCase(),
    url: `/api/v1${address}?${String(new URLSearchParams(valuesIn('query')))}`,
    headers: {
      ...valuesIn('header'),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { payload: JSON.stringify(body.value) }),
    ...(form && { payload: formOf(Object(form.value)) }),
  }
}

/** With a picture for the file. */
function formOf(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.set('file', new File([Uint8Array.from(pngOf(8, 8))], 'orchard.png', { type: 'image/png' }))
  return form
}

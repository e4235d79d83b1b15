import type { OpenApiDocument } from '@galley/api-tools/openapi/document'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { LightMyRequestResponse } from 'fastify'

export type Place = { path: string; method: string }

/** Says what is wrong with an answer, by the document: its status, its type, its body, its headers. */
export function createValidator(document: OpenApiDocument) {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema(document, 'openapi')
  const compiled = new Map<string, ValidateFunction>()

  function validatorOf(pointer: string): ValidateFunction {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `openapi#${pointer}` })
    compiled.set(pointer, known)
    return known
  }

  function faultsOf(pointer: string, value: unknown): string[] {
    const validate = validatorOf(pointer)
    return validate(value) ? [] : [`${pointer}: ${ajv.errorsText(validate.errors)}`]
  }

  return {
    faultsIn({ path, method }: Place, answer: LightMyRequestResponse): string[] {
      const { statusCode, headers } = answer
      const at = `/paths/${escape(path)}/${method}/responses/${statusCode}`
      const [pointer, response] = resolve(document, at)
      if (response === undefined) return [`${statusCode} is not documented: ${answer.body}`]
      const named = Object.keys(object(response.headers))
      const missing = named.filter(
        (name) => isRequired(name, statusCode) && headers[name.toLowerCase()] === undefined,
      )
      const faults = missing.map((name) => `${statusCode} without ${name}`)
      const types = Object.keys(object(response.content))
      const [type] = types
      if (type === undefined) return answer.body === '' ? faults : [...faults, 'has a body']
      const given = String(headers['content-type']).split(';', 1)[0]
      if (given !== type) return [...faults, `${statusCode} of type ${given}`]
      const schema = `${pointer}/content/${escape(type)}/schema`
      return [...faults, ...faultsOf(schema, JSON.parse(answer.body))]
    },
  }
}

/** Headers that an answer whose description names them never lacks. */
const always = new Set([
  'Cache-Control',
  'ETag',
  'Galley-Contract',
  'Link',
  'Location',
  'Retry-After',
  'X-Request-Id',
])

// Not every conflict goes by itself.
const isRequired = (name: string, status: number) =>
  always.has(name) && !(name === 'Retry-After' && status === 409)

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

/** A part of the document, and where it really is. */
function resolve(
  document: OpenApiDocument,
  pointer: string,
): [string, Record<string, unknown> | undefined] {
  let part: unknown = document
  for (const key of pointer.slice(1).split('/')) {
    part = object(part)[decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  if (part === undefined) return [pointer, undefined]
  const found = object(part)
  const { $ref: reference } = found
  return typeof reference === 'string' ? resolve(document, reference.slice(1)) : [pointer, found]
}

/** A key as part of a JSON pointer within a fragment (RFC 6901, 6). */
const escape = (key: string) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))

import type { JsonSchema, OpenApiDocument } from '@galley/api-tools/openapi/document'
import * as fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { hostile, valid } from './arbitrary.ts'
import { parametersOf, type Documented } from './examples.ts'
import type { FuzzWorld } from '../../publishing/openapi/fuzz-world.ts'

export type Fuzzed = { operationId: string; request: InjectOptions }

/** Requests to one operation: in order, nearly so, and hostile. */
export function requestsTo(
  document: OpenApiDocument,
  documented: Documented,
  world: FuzzWorld,
): fc.Arbitrary<Fuzzed> {
  const { path, method, operation } = documented
  const { schemas } = document.components
  const known = (field: string) => world.known(operation.operationId, field)
  const fit = (schema: JsonSchema, field = '') => valid(schema, schemas, known, field)

  const documentedHeaders = parametersOf(document, operation).flatMap((parameter) =>
    parameter.in === 'header' ? [parameter.name.toLowerCase()] : [],
  )
  const inPlace = (place: 'path' | 'query') =>
    Object.fromEntries(
      parametersOf(document, operation)
        .filter((parameter) => parameter.in === place)
        .map(({ name, schema }) => [name, mostly(fit(schema, name), hostile)]),
    )
  const media = operation.requestBody?.content['application/json']
  const body = media ? bodies(fit(media.schema)) : rarely(fc.constant('{}'))

  return fc
    .record({
      inPath: fc.record(inPlace('path')),
      query: mostly(fc.record(inPlace('query'), { requiredKeys: [] }), oddQuery),
      body,
      headers: fc.record(headersFor(documentedHeaders)),
      type: mostly(fc.constant('application/json'), oddType),
      credentials: fc.constantFrom(...world.credentials),
      address: fc.nat(0xff_ffff),
    })
    .map(({ inPath, query, body, headers, type, credentials, address }) => ({
      operationId: operation.operationId,
      request: {
        method: method.toUpperCase() as 'GET',
        url: `/api/v1${fill(path, inPath)}${toQuery(query)}`,
        headers: {
          ...given(headers),
          ...credentials,
          ...(body !== undefined && type !== '' && { 'content-type': type }),
        },
        ...(body !== undefined && { payload: body }),
        // Allowances of addresses are tried elsewhere.
        remoteAddress: `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`,
      },
    }))
}

const given = (headers: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))

const mostly = <A, B>(usual: fc.Arbitrary<A>, odd: fc.Arbitrary<B>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd })

const rarely = <A>(odd: fc.Arbitrary<A>) => mostly(fc.constant(undefined), odd)

const sometimes = <A>(odd: fc.Arbitrary<A>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: odd })

/** What fits, as JSON; the same with a field gone wrong; and what is no such thing at all. */
function bodies(fitting: fc.Arbitrary<unknown>): fc.Arbitrary<string | undefined> {
  const wrong = fc
    .tuple(fitting, fc.string({ maxLength: 12 }), hostile, fc.nat())
    .map(([value, extra, replacement, index]) => {
      const entries = Object.entries(Object(value))
      const name =
        entries.length > 0 && index % 3 > 0 ? entries[index % entries.length]?.[0] : extra
      return JSON.stringify({ ...Object(value), [name ?? extra]: replacement })
    })
  return fc.oneof(
    { weight: 8, arbitrary: fitting.map((value) => JSON.stringify(value)) },
    { weight: 3, arbitrary: wrong },
    { weight: 1, arbitrary: hostile.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: brokenJson },
  )
}

const brokenJson = fc.constantFrom(
  undefined,
  '',
  '{',
  '{"a":',
  '[1,2',
  'undefined',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"a":1,"a":2}',
  '\ufeff{}',
  '['.repeat(5000),
  '{"a":'.repeat(60) + '1' + '}'.repeat(60),
  `{"title":"${'x'.repeat(300)}"}`,
  `{"body":"${'x'.repeat(1_100_000)}"}`,
)

const oddQuery = fc.oneof(
  { weight: 9, arbitrary: fc.dictionary(fc.string({ maxLength: 10 }), hostile, { maxKeys: 3 }) },
  { weight: 1, arbitrary: fc.constant({ cursor: 'x'.repeat(9000) }) },
)

const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 30 })

const headerValues: Record<string, fc.Arbitrary<string>> = {
  'if-match': fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('"1"', '"2"', '"1.abc"') },
    { weight: 1, arbitrary: fc.constantFrom('*', 'W/"1"', '"1", "2"', '') },
    { weight: 1, arbitrary: ascii },
  ),
  'if-none-match': fc.oneof(fc.constantFrom('*', '"abc"', 'W/"abc"'), ascii),
  'idempotency-key': fc.oneof(
    { weight: 3, arbitrary: fc.uuid() },
    { weight: 1, arbitrary: fc.constantFrom('one', '"two"', '') },
    { weight: 1, arbitrary: ascii },
  ),
  'x-request-id': ascii,
  accept: fc.constantFrom('text/html', 'application/xml', '*/*'),
  origin: fc.constantFrom('https://evil.example', 'null', 'https://galley.test'),
}

/** Those that the operation knows, often; others, seldom. */
const headersFor = (documented: string[]) =>
  Object.fromEntries(
    Object.entries(headerValues).map(([name, values]) => [
      name,
      documented.includes(name) ? sometimes(values) : rarely(values),
    ]),
  )

const oddType = fc.constantFrom(
  '',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=latin1',
  'application/jsonx',
)

/** The address; of what would be another address, or none, something else is made. */
const fill = (path: string, values: Record<string, unknown>) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encode(values[name]).replace(/^\.{0,2}$/, '%25'),
  )

function toQuery(query: Record<string, unknown>) {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encode(name)}=${encode(one)}`),
  )
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

/** A lone surrogate and a bare percent sign go as they are on the wire: bytes that are no UTF-8. */
function encode(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  if (text === '%') return '%'
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80'
}

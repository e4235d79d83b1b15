import type { RestOperation } from '@galley/api-tools/rest'
import type { InjectOptions } from 'fastify'
import { rest } from '../../../rest.ts'
import { newAddress, type On } from '../call.ts'

/** The call that has this input by tRPC, made by REST: each field in its place, unknown ones where the rest is. */
export function callByRest(
  { app }: Pick<On, 'app'>,
  operation: RestOperation,
  input: unknown,
  headers: InjectOptions['headers'],
) {
  const { method, fields } = operation
  const places = new Map<string, string>(fields.map((field) => [field.name, field.in]))
  const elsewhere = method === 'GET' || method === 'DELETE' ? 'query' : 'body'
  const given = Object.entries(input ?? {})
  const of = (place: string) => given.filter(([name]) => (places.get(name) ?? elsewhere) === place)
  const payload = elsewhere === 'body' ? { payload: Object.fromEntries(of('body')) } : {}
  const remoteAddress = newAddress()
  const address = `${method} ${pathOf(operation, of('path'))}${queryOf(of('query'))}`
  return rest({ app }, address, { headers, remoteAddress, ...payload })
}

type Given = [name: string, value: unknown][]

function pathOf({ path, fields }: RestOperation, given: Given) {
  const names = new Map(fields.map(({ name, as }) => [name, as]))
  const values = new Map(given.map(([name, value]) => [names.get(name), value]))
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values.get(name))),
  )
}

function queryOf(given: Given) {
  const search = new URLSearchParams()
  for (const [name, value] of given) {
    for (const one of [value].flat()) search.append(name, String(one))
  }
  return search.size > 0 ? `?${search.toString()}` : ''
}

import { appRouter } from '@galley/api/root'
import { listRestOperations, type RestOperation, type RestField } from '@galley/api-tools/rest'
import { expect, test } from 'vitest'
import { useApp } from '../../../app.ts'
import { callInOrder } from '../call-in-order.ts'
import { call } from '../call.ts'
import { procedureOf } from '../procedures.ts'
import { callByRest } from './rest-call.ts'
import { outcomeByRest, outcomeByTrpc, withoutLeft } from './outcome.ts'

const app = useApp({ LOG_LEVEL: 'silent' })
const operations = listRestOperations(appRouter).map(
  (operation) => [operation.name, operation] as const,
)

test.each(operations)(
  'AZ6 %s refuses the same inputs over both transports',
  async (name, operation) => {
    const { input, headers } = await callInOrder(app, procedureOf(name))
    const refused = wrongInputs(operation, input)
    expect(refused.length).toBeGreaterThan(0)
    for (const { what, wrong } of refused) {
      const both = await callBoth(operation, wrong, headers)
      expect(both.byTrpc.refusal, what).toMatchObject({ reason: 'request/invalid' })
      expect([what, both.byRest]).toEqual([what, both.byTrpc])
      // A caller without access learns nothing about the input.
      const unknown = await callBoth(operation, wrong, {})
      expect([what, unknown.byRest]).toEqual([what, unknown.byTrpc])
    }
  },
)

test.each(operations)(
  'AZ6 %s takes the same credentials over both transports',
  async (name, operation) => {
    const { input, headers } = await callInOrder(app, procedureOf(name))
    const { wrong } = wrongInputs(operation, input)[0] ?? {}
    const bad = {
      'an unknown token': { authorization: 'Bearer glt_unknown' },
      'an empty token': { authorization: 'Bearer ' },
      'a forged token': { authorization: 'Bearer e30.e30.e30' },
      'another scheme': { authorization: 'Basic YTpi' },
      'an unknown cookie': {
        cookie: '__Host-galley-session=unknown',
        'sec-fetch-site': 'same-origin',
      },
      'a cookie from elsewhere': {
        cookie: '__Host-galley-session=unknown',
        'sec-fetch-site': 'cross-site',
      },
      'a cookie and a token': { ...headers, cookie: 'x=1; __Host-galley-session=unknown' },
    }
    for (const [what, credentials] of Object.entries(bad)) {
      const both = await callBoth(operation, wrong, credentials)
      expect([what, both.byRest]).toEqual([what, both.byTrpc])
    }
  },
)

async function callBoth(operation: RestOperation, input: unknown, headers: Record<string, string>) {
  const procedure = procedureOf(operation.name)
  const byTrpc = outcomeByTrpc(operation, await call(app, procedure, input, headers))
  const byRest = outcomeByRest(operation, await callByRest(app, operation, input, headers))
  return { byTrpc: withoutLeft(byTrpc), byRest: withoutLeft(byRest) }
}

/** Each field missing or as it may not be, and with fields of nobody's. */
function wrongInputs({ fields, input: schema }: RestOperation, input: object) {
  const inputs = [
    { what: 'an unknown field', wrong: { ...input, unknown: 'x' } },
    { what: 'two unknown fields', wrong: { ...input, unknown: 'x', zzz: 'x' } },
    ...fields.flatMap((field) => {
      const values = valuesFor(field)
      const several = { ...withField(input, field.name, values[0]), unknown: 'x' }
      return [
        ...values.map((value) => ({
          what: `${field.name}: ${JSON.stringify(value)?.slice(0, 20)}`,
          wrong: withField(input, field.name, value),
        })),
        { what: `${field.name} and an unknown field`, wrong: several },
      ]
    }),
  ]
  return inputs.filter(({ wrong }) => !schema.safeParse(wrong).success)
}

const long = 'x'.repeat(600)

/** What can be sent there: an address holds text, which is read as a number where one is expected. */
function valuesFor({ in: place, schema: { type } }: RestField): unknown[] {
  if (place === 'body') return [undefined, null, -1, 1.5, '', ' ', long.repeat(100), true, {}, ['']]
  if (type === 'integer' || type === 'number') return [-1, 0, 1.5, 1_000_000, 'x', '1e2', ' 1']
  if (type === 'boolean') return ['x', '1', 'TRUE']
  return place === 'path' ? ['x', long, ' ', '../x'] : ['', ' ', 'x', long]
}

const withField = (input: object, name: string, value: unknown) => {
  const others = Object.entries(input).filter(([field]) => field !== name)
  return Object.fromEntries(value === undefined ? others : [...others, [name, value]])
}

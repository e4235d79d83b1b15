import { expect, test } from 'vitest'
import type { Verdict } from './change.ts'
import { toLines } from './change.ts'
import { compareContracts } from './compare-contracts.ts'
import type { ContractProcedure, JsonSchema, Surface } from './contract.ts'

const plain: ContractProcedure = {
  type: 'query',
  access: 'signed-in',
  scope: 'articles:read',
  cost: 1,
  rest: { method: 'GET', path: '/things/{id}' },
  input: {},
  output: {},
}

const surface = (procedure?: ContractProcedure, errors = {}): Surface => ({
  procedures: procedure ? { 'things.get': procedure } : {},
  errors,
  inputs: {},
  outputs: {},
})

const verdicts = (before: Surface, after: Surface) =>
  compareContracts(before, after).map(({ verdict }) => verdict)

type Part = Partial<ContractProcedure>
const rest = (more: Part['rest'] | object): Part => ({
  rest: { method: 'GET', path: '/things/{id}', ...more },
})

/** What it is before, what after, and what the way there and the way back are called. */
const rules: [string, Part, Part, Verdict, Verdict][] = [
  ['type', { type: 'query' }, { type: 'mutation' }, 'breaking', 'breaking'],
  [
    'access for a higher role',
    { access: 'signed-in' },
    { access: 'editor' },
    'breaking',
    'compatible',
  ],
  [
    'access for people who signed in',
    { access: 'public' },
    { access: 'signed-in' },
    'breaking',
    'compatible',
  ],
  ['access for admins', { access: 'editor' }, { access: 'admin' }, 'breaking', 'compatible'],
  ['scope', { scope: 'articles:read' }, { scope: 'articles:write' }, 'breaking', 'breaking'],
  ['no scope', { scope: 'articles:read' }, { scope: null }, 'breaking', 'compatible'],
  ['step-up', {}, { fresh: true }, 'breaking', 'compatible'],
  ['suspended people', {}, { suspended: true }, 'compatible', 'breaking'],
  ['cost', { cost: 1 }, { cost: 2 }, 'notice', 'notice'],
  ['allowance', {}, { allowance: 'sign-in' }, 'notice', 'notice'],
  ['deprecation', {}, { deprecated: { since: '2026-01-01' } }, 'notice', 'notice'],
  ['REST', rest({}), { rest: undefined }, 'breaking', 'compatible'],
  ['REST method', rest({}), rest({ method: 'POST' }), 'breaking', 'breaking'],
  ['REST path', rest({}), rest({ path: '/things' }), 'breaking', 'breaking'],
  ['REST status', rest({}), rest({ status: 201 }), 'breaking', 'breaking'],
  ['REST location', rest({}), rest({ location: '/things/{id}' }), 'compatible', 'breaking'],
  [
    'REST other location',
    rest({ location: '/a' }),
    rest({ location: '/b' }),
    'breaking',
    'breaking',
  ],
  ['REST If-Match', rest({}), rest({ versioned: true }), 'compatible', 'breaking'],
]

test.each(rules)('%s', (_, before, after, there, back) => {
  const [old, now] = [surface({ ...plain, ...before }), surface({ ...plain, ...after })]
  expect(verdicts(old, now)).toEqual([there])
  expect(verdicts(now, old)).toEqual([back])
  expect(verdicts(old, old)).toEqual([])
})

test('a status that is declared though it is the default is no change', () => {
  const told = surface({ ...plain, ...rest({ status: 200 }) })
  expect(verdicts(surface(plain), told)).toEqual([])
})

test('a procedure comes and goes', () => {
  expect(verdicts(surface(), surface(plain))).toEqual(['compatible'])
  expect(verdicts(surface(plain), surface())).toEqual(['breaking'])
})

test('a reason of an error comes, goes and gets another code', () => {
  const [without, conflict] = [surface(plain), surface(plain, { 'thing/taken': 'CONFLICT' })]
  expect(verdicts(without, conflict)).toEqual(['compatible'])
  expect(verdicts(conflict, without)).toEqual(['breaking'])
  const other = surface(plain, { 'thing/taken': 'BAD_REQUEST' })
  expect(toLines(compareContracts(conflict, other))).toEqual([
    'breaking    error thing/taken: BAD_REQUEST rather than CONFLICT',
  ])
})

test('a named schema is reported once, with everybody who uses it', () => {
  const output = { $ref: '#/outputs/Byline' }
  const page: JsonSchema = {
    type: 'object',
    properties: { author: { anyOf: [output, { type: 'null' }] } },
  }
  const using = (name: string): Surface => ({
    procedures: { 'a.get': { ...plain, output }, 'b.list': { ...plain, output: page } },
    errors: {},
    inputs: {},
    outputs: { Byline: { type: 'object', properties: { [name]: { type: 'string' } } } },
  })
  expect(toLines(compareContracts(using('name'), using('username')))).toEqual([
    'breaking    output Byline.name: gone (a.get, b.list)',
    'compatible  output Byline.username: new, optional (a.get, b.list)',
  ])
})

test('a schema that gets a name, or another one, is the same', () => {
  const named = (name: string): Surface => ({
    procedures: { 'a.get': { ...plain, output: { $ref: `#/outputs/${name}` } } },
    errors: {},
    inputs: {},
    outputs: { [name]: { type: 'string', maxLength: 3 } },
  })
  const inline = surface({ ...plain, output: { type: 'string', maxLength: 3 } })
  expect(compareContracts(named('A'), named('B'))).toEqual([])
  const own = {
    ...named('A'),
    procedures: { 'things.get': { ...plain, output: { $ref: '#/outputs/A' } } },
  }
  expect(compareContracts(inline, own)).toEqual([])
  expect(compareContracts(own, inline)).toEqual([])
})

import { initTRPC } from '@trpc/server'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { getCallable, listProcedures } from './procedures.ts'
import { publicProcedure, router, type ProcedureMeta } from './trpc.ts'

const input = z.strictObject({ id: z.string() })
const output = z.object({ id: z.string() })
const get = publicProcedure({ cost: 2, queries: 1 })
  .input(input)
  .output(output)
  .query(({ input: { id } }) => ({ id }))

const things = router({ things: router({ get, remove: get }), others: router({ get }) })

test('procedures are listed in the order of the router, with the schemas that they were given', () => {
  const listed = listProcedures(things)
  expect(listed.map(({ path }) => path)).toEqual(['things.get', 'things.remove', 'others.get'])
  const meta = { access: 'public', scope: null, cost: 2, queries: 1 }
  expect(listed[0]).toEqual({ path: 'things.get', type: 'query', meta, input, output })
  expect(listed[0]?.input).toBe(input)
  expect(listed[0]?.output).toBe(output)
})

test('what a call runs is found by its path, and nothing that every object has', () => {
  expect(getCallable(things, 'things.get')).toBeTypeOf('function')
  expect(() => getCallable(things, 'things.put')).toThrow('The router has no things.put')
  expect(() => getCallable(things, 'constructor')).toThrow('The router has no constructor')
})

const t = initTRPC.meta<ProcedureMeta>().create()
const declared = t.procedure.meta({ access: 'public', scope: null, cost: 1, queries: 1 })

test.each([
  ['meta', t.procedure.input(input).output(output), 'declares no meta'],
  ['an input', declared.output(output), 'declares no input, or several'],
  ['one input', declared.input(input).input(input).output(output), 'declares no input, or several'],
  ['an output', declared.input(input), 'output'],
])('a procedure without %s is named', (_, builder, fault) => {
  const lacking = t.router({ things: t.router({ get: builder.query(() => ({ id: '1' })) }) })
  expect(() => listProcedures(lacking)).toThrow(/^things\.get: /)
  expect(() => listProcedures(lacking)).toThrow(fault)
})

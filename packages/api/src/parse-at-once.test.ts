import { initTRPC } from '@trpc/server'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { parseAtOnce } from './parse-at-once.ts'

const t = initTRPC.create()
const procedure = () => parseAtOnce(t.procedure)

test('input is parsed synchronously, and output has the fields of its schema', async () => {
  const input = z.strictObject({ name: z.string().trim() })
  const walked = vi.spyOn(input, 'parseAsync')
  const router = t.router({
    greet: procedure()
      .input(input)
      .output(z.object({ text: z.string() }))
      .query(({ input: { name } }) => ({ text: `Hello ${name}`, secret: 1 })),
  })
  const caller = router.createCaller({})
  expect(await caller.greet({ name: ' Jane ' })).toEqual({ text: 'Hello Jane' })
  expect(walked).not.toHaveBeenCalled()
  await expect(caller.greet({ name: 1 } as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect(router.greet._def.inputs).toEqual([input])
})

test('an output that is none is an error of ours', async () => {
  const router = t.router({
    wrong: procedure()
      .output(z.object({ text: z.string() }))
      .query(() => null as never),
  })
  await expect(router.createCaller({}).wrong()).rejects.toMatchObject({
    code: 'INTERNAL_SERVER_ERROR',
  })
})

test('a schema of outputs is none of inputs', () => {
  const both = z.object({ text: z.string() })
  procedure().output(both)
  expect(() => procedure().input(both)).toThrow(/inputs cannot be one of outputs/)
})

test('a schema that waits for something is refused, not overlooked', async () => {
  const router = t.router({
    late: procedure()
      .input(z.string().refine(async () => true))
      .query(() => 1),
  })
  await expect(router.createCaller({}).late('a')).rejects.toThrow(/[Aa]sync/)
})

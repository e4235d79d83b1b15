import { initTRPC } from '@trpc/server'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { withSyncParsing } from './sync-parsing.ts'

const t = initTRPC.create()
const procedure = () => withSyncParsing(t.procedure)

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

test('a schema may be of inputs and of outputs, and stays as it was made', async () => {
  const both = z.object({ text: z.string() })
  const { parseAsync } = both
  const router = t.router({
    echo: procedure()
      .input(both)
      .output(both)
      .query(({ input }) => ({ ...input, secret: 1 })),
  })
  expect(await router.createCaller({}).echo({ text: 'a' })).toEqual({ text: 'a' })
  expect(both.parseAsync).toBe(parseAsync)
  expect(await both.parseAsync({ text: 'b' })).toEqual({ text: 'b' })
  await expect(both.parseAsync({ text: 1 })).rejects.toThrow(z.ZodError)
  expect(router.echo._def).toMatchObject({ inputs: [both], output: both })
})

test('inputs in two parts are both parsed', async () => {
  const router = t.router({
    join: procedure()
      .input(z.object({ a: z.string() }))
      .input(z.object({ b: z.string().trim() }))
      .query(({ input: { a, b } }) => a + b),
  })
  const caller = router.createCaller({})
  expect(await caller.join({ a: 'a', b: ' b ' })).toBe('ab')
  await expect(caller.join({ a: 'a' } as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test('a schema that waits for something is refused, not overlooked', async () => {
  const router = t.router({
    late: procedure()
      .input(z.string().refine(async () => true))
      .query(() => 1),
  })
  await expect(router.createCaller({}).late('a')).rejects.toThrow(/[Aa]sync/)
})

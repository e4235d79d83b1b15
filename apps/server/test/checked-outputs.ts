import type { z } from 'zod'
import { vi } from 'vitest'

// In every test of the server, each output of a procedure is checked by its schema too: the server itself only copies
// what the schema names. One that is not as documented becomes an internal error, over both transports.
vi.mock(import('@galley/api/compile-serializer'), async (original) => {
  const { compileSerializer } = await original()
  return {
    compileSerializer(schema: z.ZodType) {
      const serialize = compileSerializer(schema)
      return (value: unknown) => schema.parse(serialize(value))
    },
  }
})

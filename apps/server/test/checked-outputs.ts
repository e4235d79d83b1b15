import type { z } from 'zod'
import { vi } from 'vitest'

// In every test of the server, each answer of a procedure is checked by its schema too: the server itself only copies
// what the schema names. One that is not as documented becomes an internal error, at both doors.
vi.mock(import('@galley/api/output-fields'), async (original) => {
  const { outputFields } = await original()
  return {
    outputFields(schema: z.ZodType) {
      const copy = outputFields(schema)
      return (value: unknown) => schema.parse(copy(value))
    },
  }
})

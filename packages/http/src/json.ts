import type { z } from 'zod'
import type { HttpResponse } from './client.ts'
import { HttpError } from './error.ts'

/** The body as JSON of this shape. Throws HttpError `invalid` for any other, without quoting it. */
export function readJson<Output>(response: HttpResponse, schema: z.ZodType<Output>): Output {
  const parsed = schema.safeParse(parse(response.body))
  if (parsed.success) return parsed.data
  throw new HttpError('invalid', 'The response is not what was expected')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

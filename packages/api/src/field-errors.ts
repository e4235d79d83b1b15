import type { FieldError } from '@galley/contract/errors'
import { z } from 'zod'

/** The wrong fields of a failed parse; an unknown field is named itself, not the object that holds it. */
export function fieldErrors(error: unknown): FieldError[] {
  if (!(error instanceof z.ZodError)) return []
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, key].join('.'),
          message: 'Unknown field.',
        }))
      : [{ path: issue.path.join('.'), message: issue.message }],
  )
}

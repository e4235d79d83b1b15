import type { FieldError } from '@galley/contract/errors'
import { z } from 'zod'
import { shownName } from './input-size.ts'

/** The wrong fields of a failed parse; an unknown field is named itself, as far as its name is no text by itself. */
export function fieldErrors(error: unknown): FieldError[] {
  if (!(error instanceof z.ZodError)) return []
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, shownName(key)].join('.'),
          message: 'Unknown field.',
        }))
      : [{ path: issue.path.join('.'), message: issue.message }],
  )
}

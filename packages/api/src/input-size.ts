import { truncate } from '@galley/contract/text'
import { AppError } from '@galley/platform/errors'

/** More than any list that the contract takes, and than any object has fields. */
export const MAX_ENTRIES = 100

/**
 * Refuses an object or a list of more entries than any input has, before a parser looks at each of them and finds
 * something to say: throws `request/invalid`. JSON is known to be nested no deeper than 32 levels here.
 */
export function checkSize(value: unknown, path: string[] = []): void {
  if (typeof value !== 'object' || value === null) return
  const entries = Object.entries(value)
  if (entries.length > MAX_ENTRIES) {
    const message = `Must have at most ${MAX_ENTRIES} ${Array.isArray(value) ? 'items' : 'fields'}.`
    const where = path.map(shownName).join('.')
    throw new AppError('request/invalid', { fields: [{ path: where, message }] })
  }
  for (const [name, part] of entries) checkSize(part, [...path, name])
}

/** A name that a caller made up, as far as an error repeats it. */
export const shownName = (name: string): string => truncate(name, 100)

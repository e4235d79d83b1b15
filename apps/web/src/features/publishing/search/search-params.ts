import { textParams } from '../../../lib/search.ts'

const names = ['q', 'tag', 'author', 'from', 'to', 'language', 'sort', 'status', 'cursor'] as const

/** What the address of the search says, as it was written. */
export type SearchParams = { [Name in (typeof names)[number]]?: string | undefined }

export const searchParams = (search: Record<string, unknown>): SearchParams =>
  textParams(search, names)

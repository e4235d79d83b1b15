import type { PgColumn } from 'drizzle-orm/pg-core'
import { articles } from './schema/index.ts'

/** Columns that name the owner of what must not be deleted with an account whose address was never confirmed. */
export const possessions: PgColumn[] = [
  articles.authorId, // publishing
]

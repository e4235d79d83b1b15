import { sql } from 'drizzle-orm'

const casts = { float8: sql`::float8`, int: sql`::int`, timestamptz: sql`::timestamptz` }

/** A value given at execution, of a type that the statement alone does not tell. */
export const placeholder = (name: string, type: keyof typeof casts) =>
  sql`${sql.placeholder(name)}${casts[type]}`

/**
 * What time it is: the placeholder `now` unless that is null, else the database's clock, which all processes share.
 * Of the columns' precision, so that a stored time compares with it.
 */
export const databaseTime = sql`date_trunc('milliseconds', coalesce(${placeholder('now', 'timestamptz')}, statement_timestamp()))`

const wordsIn = (text: string) => new Set(text.trim().split(/\s+/))

/** What every resource has already, what a form keeps for itself, and what objects and tables of Drizzle have. */
export const reservedNames = wordsIn(`
  id ownerId createdAt updatedAt version can renderVersion
  root submit reset action method elements
  constructor prototype hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString
  valueOf then
`)

/** `GizmoView` and the like: the schema of an enum is called after its field. */
export const schemasOfAll = wordsIn('byId page view')

/** Reserved key words of PostgreSQL (its manual, appendix C), as far as they have the form of a name. */
export const reservedInSql = wordsIn(`
  all analyse analyze and any array as asc asymmetric authorization binary both case cast check
  collate collation column concurrently constraint create cross current_catalog current_date
  current_role current_schema current_time current_timestamp current_user default deferrable desc
  distinct do else end except false fetch for foreign freeze from full grant group having ilike in
  initially inner intersect into is isnull join lateral leading left like limit localtime
  localtimestamp natural not notnull null offset on only or order outer overlaps placing primary
  references returning right select session_user similar some symmetric system_user table
  tablesample then to trailing true union unique user using variadic verbose when where window with
`)

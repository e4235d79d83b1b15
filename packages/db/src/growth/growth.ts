/**
 * How many rows a table comes to have: `few`, whatever happens; as many as there are of what it grows `with`; or those of so
 * long (`kept`), after which the job named takes them away.
 */
export type Growth = { few: string } | { with: string } | { kept: string; by: string }

import type { JsonSchema } from './contract.ts'

/** How the set of values that fit a schema moves; `other`: in both ways, or so that nobody can tell. */
export type Shift = 'narrower' | 'wider' | 'other' | 'none'

/** Within a named schema, where there is one: its changes are the same for all who use it. */
export type Place = { component: string | undefined; path: string }

export type Moved = { place: Place; what: string; shift: Shift }

export const below = ({ component, path }: Place, name: string): Place => ({
  component,
  path:
    path === '' || name.startsWith('[') || name.startsWith('{') ? path + name : `${path}.${name}`,
})

export type Scope = {
  direction: 'input' | 'output'
  /** The named schemas that each side refers to. */
  before: Record<string, JsonSchema>
  after: Record<string, JsonSchema>
}

/** Two schemas of the same kind of value, and how those within them are compared. */
export type Pair = {
  before: JsonSchema
  after: JsonSchema
  place: Place
  scope: Scope
  compare(before: JsonSchema, after: JsonSchema, place: Place, scope: Scope): Moved[]
}

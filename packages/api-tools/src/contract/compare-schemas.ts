import { isDeepStrictEqual } from 'node:util'
import { compareArrays, compareObjects } from './compare-members.ts'
import { compareValues } from './compare-values.ts'
import type { JsonSchema } from './contract.ts'
import { kindOf, optionsOf, resolve, typeOf, type Option } from './options.ts'
import type { Moved, Place, Scope, Shift } from './shift.ts'

/** Lists that grow with the API: callers are told to expect values that they do not know. */
export const growing = new Set([
  'Scope',
  'LiveEvent',
  'ArticleStatus', // publishing
])

/** How the values that fit `now` differ from those that fit `old`. */
export function compareSchemas(old: JsonSchema, now: JsonSchema, at: Place, scope: Scope): Moved[] {
  const before = resolve(old, scope.before)
  const after = resolve(now, scope.after)
  const sameName = before.name !== undefined && before.name === after.name
  // While it was short, a list had no name.
  const hasGrown = before.name === undefined && growing.has(after.name ?? '')
  const place = sameName || hasGrown ? { component: after.name, path: '' } : at
  return [
    ...changedDefault(before.schema, after.schema, place),
    ...compareOptions(
      optionsOf(before.schema, scope.before),
      optionsOf(after.schema, scope.after),
      place,
      scope,
    ),
  ]
}

function changedDefault(before: JsonSchema, after: JsonSchema, place: Place): Moved[] {
  if (isDeepStrictEqual(before.default, after.default)) return []
  const [old, now] = [before, after].map((schema) =>
    schema.default === undefined ? 'none' : JSON.stringify(schema.default),
  )
  return [{ place, what: `default ${now} rather than ${old}`, shift: 'none' }]
}

function compareOptions(before: Option[], after: Option[], place: Place, scope: Scope): Moved[] {
  const [old, now] = [before[0], after[0]]
  if (old && now && before.length === 1 && after.length === 1)
    return compareOption(old, now, place, scope)

  const rest = [...after]
  const take = (fits: (option: Option) => boolean) => {
    const index = rest.findIndex(fits)
    return index === -1 ? undefined : rest.splice(index, 1)[0]
  }
  const exact = before.map((option) => ({ option, match: take((other) => isSame(option, other)) }))
  const pairs = exact.map(({ option, match }) => ({
    option,
    match: match ?? take((other) => kindOf(other) === kindOf(option)),
  }))
  const moved = (shift: Shift, what: string): Moved => ({ place, what, shift })
  return [
    ...pairs.flatMap(({ option, match }) =>
      match
        ? compareOption(option, match, place, scope)
        : [moved('narrower', `not ${kindOf(option)} any more`)],
    ),
    ...rest.map((option) => moved('wider', `may be ${kindOf(option)} too`)),
  ]
}

const isSame = (a: Option, b: Option) => a.name === b.name && isDeepStrictEqual(a.schema, b.schema)

function compareOption(before: Option, after: Option, at: Place, scope: Scope): Moved[] {
  const sameName = before.name !== undefined && before.name === after.name
  const place = sameName ? { component: after.name, path: '' } : at
  const [old, now] = [typeOf(before), typeOf(after)]
  if (old !== now) {
    const shift = now === 'anything' ? 'wider' : old === 'anything' ? 'narrower' : 'other'
    return [{ place, what: `${now} rather than ${old}`, shift }]
  }
  const pair = { before: before.schema, after: after.schema, place, scope, compare: compareSchemas }
  return [...compareValues(pair), ...compareObjects(pair), ...compareArrays(pair)]
}

import type { JsonSchema } from './contract.ts'
import { toSchema } from './options.ts'
import { below, type Moved, type Pair, type Shift } from './shift.ts'

/** The fields of an object, and what else it may hold. */
export function compareObjects(pair: Pair): Moved[] {
  const { before, after } = pair
  const names = new Set([
    ...Object.keys(before.properties ?? {}),
    ...Object.keys(after.properties ?? {}),
  ])
  return [
    ...[...names].flatMap((name) => compareField(name, pair)),
    ...changedOthers(pair),
    ...compareWithin('propertyNames', '{key}', pair),
  ]
}

/** A field that a response gains is read by nobody yet; one that a call may no longer hold is refused. */
function compareField(name: string, { before, after, place, scope, compare }: Pair): Moved[] {
  const at = below(place, name)
  const [old, now] = [before.properties?.[name], after.properties?.[name]]
  const [wasRequired, isRequired] = [before, after].map(({ required = [] }) =>
    required.includes(name),
  )
  if (now === undefined) return [{ place: at, what: 'gone', shift: 'other' }]
  if (old === undefined) {
    const what = isRequired ? 'new, required' : 'new, optional'
    const shift = isRequired || scope.direction === 'output' ? 'narrower' : 'wider'
    return [{ place: at, what, shift }]
  }
  const moved = compare(toSchema(old), toSchema(now), at, scope)
  if (wasRequired === isRequired) return moved
  const what = isRequired ? 'required' : 'optional'
  return [{ place: at, what, shift: isRequired ? 'narrower' : 'wider' }, ...moved]
}

/** Fields without a name of their own, as of a record. */
function changedOthers(pair: Pair): Moved[] {
  const { before, after, place, scope } = pair
  const [old, now] = [openness(before), openness(after)]
  if (old === now) return compareWithin('additionalProperties', '{}', pair)
  const isMore = now > old
  const what = isMore ? 'further fields' : 'no further fields'
  const shift: Shift = isMore === (scope.direction === 'input') ? 'wider' : 'narrower'
  return [{ place, what, shift }]
}

function openness({ type, properties, additionalProperties: others = {} }: JsonSchema) {
  if (type !== 'object' && !properties) return 0
  if (typeof others === 'boolean') return others ? 2 : 0
  return Object.keys(others).length === 0 ? 2 : 1
}

/** The items of a list, or of a tuple one by one. */
export function compareArrays(pair: Pair): Moved[] {
  const { before, after, place, scope, compare } = pair
  const [old, now] = [before.prefixItems ?? [], after.prefixItems ?? []]
  const moved = old.flatMap((item, index) => {
    const other = now[index]
    const at = below(place, `[${index}]`)
    return other === undefined ? [] : compare(toSchema(item), toSchema(other), at, scope)
  })
  const resized: Moved[] =
    old.length === now.length
      ? []
      : [{ place, what: `${now.length} fixed items rather than ${old.length}`, shift: 'other' }]
  return [...moved, ...resized, ...compareWithin('items', '[]', pair)]
}

type Key = 'additionalProperties' | 'propertyNames' | 'items'

function compareWithin(
  key: Key,
  name: string,
  { before, after, place, scope, compare }: Pair,
): Moved[] {
  const [old, now] = [before[key], after[key]].map(single)
  if (!old && !now) return []
  return compare(old ?? {}, now ?? {}, below(place, name), scope)
}

const single = (value: JsonSchema | boolean | (JsonSchema | boolean)[] | undefined) =>
  value === undefined || Array.isArray(value) ? undefined : toSchema(value)

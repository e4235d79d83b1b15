import { isDeepStrictEqual } from 'node:util'
import type { JsonSchema } from './contract.ts'
import type { Moved, Pair, Shift } from './shift.ts'

/** What a schema says of a value by itself: whole numbers, listed values, bounds, patterns, formats. */
export function compareValues({ before, after, place }: Pair): Moved[] {
  return [
    ...changedWholeness(before, after),
    ...changedEnum(before, after),
    ...lowerBounds.flatMap((key) => changedBound(key, before[key], after[key], 1)),
    ...upperBounds.flatMap((key) => changedBound(key, before[key], after[key], -1)),
    ...otherKeys(before, after).flatMap((key) => changedRule(key, before[key], after[key])),
  ].map((finding) => ({ ...finding, place }))
}

type Finding = { what: string; shift: Shift }

function changedWholeness({ type: before }: JsonSchema, { type: after }: JsonSchema): Finding[] {
  if (before === after) return []
  if (before === 'integer') return [{ what: 'any number, not only whole ones', shift: 'wider' }]
  return after === 'integer' ? [{ what: 'only whole numbers', shift: 'narrower' }] : []
}

function changedEnum(before: JsonSchema, after: JsonSchema): Finding[] {
  const [old, now] = [valuesOf(before), valuesOf(after)]
  if (!old && !now) return []
  if (!old) return [{ what: `only ${listed(now ?? [])}`, shift: 'narrower' }]
  if (!now) return [{ what: `not only ${listed(old)}`, shift: 'wider' }]
  const [gone, added] = [without(old, now), without(now, old)]
  return [
    ...(gone.length > 0 ? [{ what: `${listed(gone)} gone`, shift: 'narrower' } as const] : []),
    ...(added.length > 0 ? [{ what: `${listed(added)} new`, shift: 'wider' } as const] : []),
  ]
}

const valuesOf = ({ enum: values, const: only }: JsonSchema): unknown[] | undefined =>
  only === undefined ? values : [only]
const without = (values: unknown[], others: unknown[]) =>
  values.filter((value) => !others.includes(value))
const listed = (values: unknown[]) => values.map((value) => JSON.stringify(value)).join(', ')

const lowerBounds = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']
const upperBounds = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']

/** `narrowing` is the sign of a step that leaves fewer values: up for the lower bounds, down for the upper ones. */
function changedBound(key: string, before: unknown, after: unknown, narrowing: 1 | -1): Finding[] {
  if (before === after) return []
  if (before === undefined) return [{ what: `${key} ${text(after)}`, shift: 'narrower' }]
  if (after === undefined) return [{ what: `no ${key} any more`, shift: 'wider' }]
  const isNarrower = (Number(after) - Number(before)) * narrowing > 0
  const what = `${key} ${text(after)} rather than ${text(before)}`
  return [{ what, shift: isNarrower ? 'narrower' : 'wider' }]
}

/** Whether one pattern lets through what another does cannot be told. */
function changedRule(key: string, before: unknown, after: unknown): Finding[] {
  if (isDeepStrictEqual(before, after)) return []
  if (before === undefined) return [{ what: `${key} ${text(after)}`, shift: 'narrower' }]
  if (after === undefined) return [{ what: `no ${key} any more`, shift: 'wider' }]
  return [{ what: `${key} ${text(after)} rather than ${text(before)}`, shift: 'other' }]
}

const text = (value: unknown) => JSON.stringify(value)

const comparedElsewhere = new Set([
  ...lowerBounds,
  ...upperBounds,
  'type',
  'enum',
  'const',
  'default',
  'anyOf',
  'oneOf',
  'properties',
  'required',
  'additionalProperties',
  'propertyNames',
  'items',
  'prefixItems',
])
/** Said for readers alone. */
const annotations = new Set(['title', 'description', 'examples', 'deprecated', 'id', '$schema'])

const otherKeys = (before: JsonSchema, after: JsonSchema) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !comparedElsewhere.has(key) && !annotations.has(key),
  )

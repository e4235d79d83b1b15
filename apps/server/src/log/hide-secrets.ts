/** Names whose values must not reach a log, in whatever object they are. */
export const secretNames = new Set([
  'authorization',
  'cookie',
  'password',
  'passwordHash',
  'secret',
  'set-cookie',
  'token',
])
/** Turned into few safe fields by their serializers, afterwards. */
const serialized = new Set(['err', 'req', 'res'])
/** As deep as log calls nest. */
const DEPTH = 3

/**
 * The object of a log call without what its secret members hold. Done here rather than by pino's own redaction of
 * deep paths, which looks each of them up in every line: six times the cost of the line itself, twice a request.
 */
export function hideSecrets(object: Record<string, unknown>): Record<string, unknown> {
  return hide(object, DEPTH)
}

function hide(object: Record<string, unknown>, depth: number): Record<string, unknown> {
  let changed: Record<string, unknown> | undefined
  for (const [name, value] of Object.entries(object)) {
    const safe = secretNames.has(name) ? '[secret]' : safeValue(name, value, depth)
    if (safe === value) continue
    changed ??= { ...object }
    changed[name] = safe
  }
  return changed ?? object
}

function safeValue(name: string, value: unknown, depth: number): unknown {
  if (depth === 1 || !isObject(value) || serialized.has(name)) return value
  if (Array.isArray(value)) return value.map((item: unknown) => safeValue('', item, depth))
  return 'toJSON' in value ? value : hide(value, depth - 1)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

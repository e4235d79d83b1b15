import { AppError } from '@galley/platform/errors'

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c
const OPENING_OBJECT = 0x7b
const OPENING = new Set([0x5b, OPENING_OBJECT])
const CLOSING = new Set([0x5d, 0x7d])

const MAX_DEPTH = 32
const TOO_DEEP = `Nested more than ${MAX_DEPTH} levels deep.`

type Fault = { reason: 'request/invalid' | 'request/malformed'; path: string[]; message: string }

/** An array or object that is open at the place of reading. */
type Container = { keys?: Set<string>; isObject: boolean; key: string; index: number }

/**
 * Refuses what `JSON.parse` takes: more than 32 levels, and a key that is given twice. Linear, and reads no further than
 * it must. Text that is no JSON is left to the parser. The path that it names begins after `skip` levels.
 */
export function checkJson(json: string, skip = 0): void {
  const fault = findFault(json)
  if (!fault) return
  const { reason, path, message } = fault
  throw new AppError(reason, { fields: [{ path: path.slice(skip).join('.'), message }] })
}

function findFault(json: string): Fault | undefined {
  const open: Container[] = []
  let expectsKey = false
  for (let at = 0; at < json.length; at++) {
    const unit = json.charCodeAt(at)
    const current = open.at(-1)
    if (unit === QUOTE) {
      const end = endOfString(json, at)
      if (current && expectsKey && !addKey(current, json.slice(at, end + 1))) {
        return { reason: 'request/invalid', path: pathOf(open), message: 'Given twice.' }
      }
      expectsKey = false
      at = end
    } else if (OPENING.has(unit)) {
      if (open.length === MAX_DEPTH) {
        return { reason: 'request/malformed', path: pathOf(open), message: TOO_DEEP }
      }
      expectsKey = unit === OPENING_OBJECT
      open.push({ isObject: expectsKey, key: '', index: 0 })
    } else if (CLOSING.has(unit)) open.pop()
    else if (unit === COMMA && current) {
      expectsKey = current.isObject
      current.index += 1
    }
  }
  return undefined
}

/** Where the string that begins at `start` ends; the end of the text where it does not. */
function endOfString(json: string, start: number) {
  for (let at = start + 1; at < json.length; at++) {
    const unit = json.charCodeAt(at)
    if (unit === BACKSLASH) at++
    else if (unit === QUOTE) return at
  }
  return json.length
}

function addKey(container: Container, quoted: string) {
  container.key = textOf(quoted)
  container.keys ??= new Set()
  if (container.keys.has(container.key)) return false
  container.keys.add(container.key)
  return true
}

// `"\u0061"` is the key `a`.
function textOf(quoted: string): string {
  const raw = quoted.slice(1, -1)
  if (!raw.includes('\\')) return raw
  try {
    return String(JSON.parse(quoted))
  } catch {
    return raw
  }
}

const pathOf = (open: Container[]) =>
  open.map(({ isObject, key, index }) => (isObject ? key : String(index)))

const QUOTE = 34
const BACKSLASH = 92
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])

/** Whether arrays and objects of a JSON text are nested deeper than `limit`; reads no further than it must. */
export function isDeeperThan(limit: number, json: string): boolean {
  if (json.length <= limit) return false // as most are: too short to be deep
  let depth = 0
  let inString = false
  for (let at = 0; at < json.length; at++) {
    const unit = json.charCodeAt(at)
    if (inString) {
      if (unit === BACKSLASH) at++
      else if (unit === QUOTE) inString = false
    } else if (unit === QUOTE) inString = true
    else if (OPENING.has(unit) && ++depth > limit) return true
    else if (CLOSING.has(unit)) depth--
  }
  return false
}

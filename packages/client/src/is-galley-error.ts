import { CallError } from './error.ts'
import type { GalleyError, GalleyReason } from './failure.ts'

/** Whether a call failed, and if so, whether for one of these reasons. */
export function isGalleyError<Reason extends GalleyReason = GalleyReason>(
  error: unknown,
  ...reasons: Reason[]
): error is GalleyError<Reason> {
  if (!(error instanceof CallError)) return false
  return reasons.length === 0 || reasons.some((reason) => reason === error.reason)
}

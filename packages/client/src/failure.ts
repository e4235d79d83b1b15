import type { ErrorReason, FieldError } from './api.gen.ts'

/** Why a call failed: the server's reasons, and what can go wrong on the way to it. */
export type GalleyReason = ErrorReason | ClientReason

/** `unreachable`: no response came; `unexpected-answer`: one came that is not Galley's, of a proxy for instance. */
export type ClientReason =
  | 'client/unreachable'
  | 'client/timed-out'
  | 'client/aborted'
  | 'client/unexpected-answer'

/** The one error that calls throw. Narrow it with `isGalleyError(error, reason)`. */
export interface GalleyError<Reason extends GalleyReason = GalleyReason> extends Error {
  readonly name: 'GalleyError'
  readonly reason: Reason
  /** The wrong fields of the input, by their path in it (`tags.2`). */
  readonly fields: FieldError[]
  /** Under which the server logged it; undefined where no response came. */
  readonly requestId: string | undefined
  /** The trace that the call was part of, where it was of one (W3C Trace Context). */
  readonly traceId: string | undefined
  /** The HTTP status; undefined where no response came. */
  readonly status: number | undefined
  /** How long the server asks to wait. */
  readonly retryAfterSeconds: number | undefined
}

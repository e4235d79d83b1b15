/** What a `traceparent` names (W3C Trace Context, 3.2): a trace, and what of it caused this. */
export type Cause = { traceId: string; spanId: string; traceFlags: number }

const shape = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(?:-|$)/

/** Undefined where it is none. What a later version may add is not kept. */
export function parseTraceparent(text: unknown): Cause | undefined {
  const [, traceId, spanId, flags] = (typeof text === 'string' && shape.exec(text)) || []
  if (!traceId || !spanId || !flags) return undefined
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & SAMPLED }
}

const SAMPLED = 1

export const toTraceparent = ({ traceId, spanId, traceFlags }: Cause): string =>
  `00-${traceId}-${spanId}-0${traceFlags & SAMPLED}`

/** The trace that one of `toTraceparent` names. */
export const traceIdIn = (traceparent: string | null | undefined): string | undefined =>
  traceparent?.slice(3, 35)

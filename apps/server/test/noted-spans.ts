import { beginTracing, isTracing } from '@galley/tracing/span'
import {
  type Attributes,
  type Context,
  context,
  type Span,
  type SpanContext,
  trace,
  TraceFlags,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'

/** Every text that a span of this file of tests was told: each once, since most are statements that come again. */
const told = new Set<string>()

/**
 * Makes spans in this process, as with a collector, and records their texts: all that could be exported. The SDK is left out,
 * since to load it takes a file of tests longer than to make its spans. Not where a test has started it.
 */
export function noteSpans(): ReadonlySet<string> {
  if (isTracing()) return told
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const tracer = { startSpan, startActiveSpan: notUsed }
  trace.setGlobalTracerProvider({ getTracer: () => tracer })
  beginTracing()
  return told
}

function startSpan(
  name: string,
  { attributes = {} }: { attributes?: Attributes } = {},
  cause: Context = context.active(),
): Span {
  const traceId = trace.getSpanContext(cause)?.traceId ?? randomHex(32)
  const own: SpanContext = { traceId, spanId: randomHex(16), traceFlags: TraceFlags.SAMPLED }
  let isEnded = false
  const span: Span = {
    spanContext: () => own,
    isRecording: () => !isEnded,
    setAttribute: (_, value) => note(value),
    setAttributes: (values) => note(...Object.values(values)),
    addEvent: (event, values) => note(event, ...Object.values(Object(values))),
    addLink: (link) => note(...Object.values(link.attributes ?? {})),
    addLinks: (links) => note(...links.flatMap((link) => Object.values(link.attributes ?? {}))),
    setStatus: ({ message }) => note(message),
    updateName: (later) => note(later),
    recordException: (exception) =>
      note(exception instanceof Error ? `${exception.stack}` : JSON.stringify(exception)),
    end: () => void (isEnded = true),
  }
  function note(...values: unknown[]) {
    for (const value of values.flat()) if (typeof value === 'string') told.add(value)
    return span
  }
  return note(name, ...Object.values(attributes))
}

function notUsed(): never {
  throw new Error('Spans are begun by packages/tracing alone')
}

const randomHex = (length: number) =>
  Array.from({ length: length / 8 }, () =>
    Math.trunc(Math.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('')

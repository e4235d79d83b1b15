import {
  type Attributes,
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { parseTraceparent, toTraceparent } from './traceparent.ts'

export type { Span }

const tracer = trace.getTracer('galley')
let isOn = false

/** Spans are made from now on: the process has registered an SDK. Before, none of these functions does anything. */
export function beginTracing(): void {
  isOn = true
}

export const isTracing = (): boolean => isOn

type Kind = 'server' | 'client' | 'producer' | 'consumer'

export type SpanOptions = {
  /** What crosses the border of the process; a part of its own work unless set. */
  kind?: Kind
  /** Names and numbers by OpenTelemetry's semantic conventions: nothing that people typed, and no secret. */
  attributes?: Attributes
  /** The `traceparent` of what caused it, in another process, or nothing (''); what runs here unless set. */
  cause?: string | undefined
}

/**
 * Runs work as a span, below the one that it is called in. What it throws ends it as failed, with the kind of error and without
 * the message, which may hold anything.
 */
export function inSpan<Result>(
  name: string,
  options: SpanOptions,
  work: (span?: Span) => Promise<Result>,
): Promise<Result> {
  if (!isOn) return work()
  const span = startSpan(name, options)
  return context.with(contextIn(span), async () => {
    try {
      return await work(span)
    } catch (error) {
      fail(span, errorType(error))
      throw error
    } finally {
      span.end()
    }
  })
}

/** For what ends by an event; the caller ends it. */
export function startSpan(name: string, { kind, attributes = {}, cause }: SpanOptions): Span {
  const options = { kind: kind ? kinds[kind] : SpanKind.INTERNAL, attributes }
  return tracer.startSpan(name, options, cause === undefined ? context.active() : contextOf(cause))
}

/** Marks a span as failed by a kind of error. */
export function fail(span: Span, type: string): void {
  span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR })
}

/** A word for what went wrong: the code that a system gave it, else the name of its class. */
export function errorType(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code: unknown = Reflect.get(error, 'code')
  return typeof code === 'string' ? code : error.name
}

/** The span that this runs in, unless nobody keeps it. */
export function recordingSpan(): Span | undefined {
  const span = isOn ? trace.getActiveSpan() : undefined
  return span?.isRecording() ? span : undefined
}

/** What names the span that this runs in as the cause of something elsewhere. */
export function currentTraceparent(): string | undefined {
  const span = isOn ? trace.getActiveSpan() : undefined
  return span && traceparentOf(span)
}

export const traceparentOf = (span: Span): string => toTraceparent(span.spanContext())

/** The context of what runs in a span, for `runIn`. */
export const contextIn = (span: Span): Context => trace.setSpan(context.active(), span)

/** Runs `work` in a context where the event that calls it has lost it. */
export const runIn = (where: Context, work: () => void): void => context.with(where, work)

const kinds: Record<Kind, SpanKind> = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
}

function contextOf(traceparent: string): Context {
  const cause = parseTraceparent(traceparent)
  return cause ? trace.setSpanContext(ROOT_CONTEXT, { ...cause, isRemote: true }) : ROOT_CONTEXT
}

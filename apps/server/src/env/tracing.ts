import { z } from 'zod'
import { int } from './numbers.ts'

const Collector = z.url({
  protocol: /^https?$/,
  error: 'write it as http://host:4318 or https://',
})

/** `name=value,name=value`, as W3C's baggage without properties; values are percent-encoded. */
const CollectorHeaders = z.string().transform((text, { addIssue }) => {
  try {
    const headers = new Headers()
    for (const pair of text.split(',')) {
      const end = pair.indexOf('=')
      // Without a name it throws.
      headers.set(
        pair.slice(0, Math.max(0, end)).trim(),
        decodeURIComponent(pair.slice(end + 1).trim()),
      )
    }
    return Object.fromEntries(headers)
  } catch {
    addIssue('write it as name=value,name=value')
    return z.NEVER
  }
})

/** OpenTelemetry's own names and meanings; the exporter reads further ones by itself. */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: Collector.optional().describe(
    'A collector of traces that speaks OTLP over HTTP, http://127.0.0.1:4318. No traces are made unless this is set, or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT. Further variables of OpenTelemetry (OTEL_EXPORTER_OTLP_TIMEOUT, _COMPRESSION, _CERTIFICATE, OTEL_RESOURCE_ATTRIBUTES) hold too.',
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: Collector.optional().describe(
    'The same with the path of traces, http://127.0.0.1:4318/v1/traces, where it is another.',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: CollectorHeaders.optional().describe(
    'Headers for the collector, name=value separated by commas, values percent-encoded: mostly a secret key.',
  ),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .literal('http/protobuf', { error: 'Galley speaks http/protobuf alone' })
    .default('http/protobuf')
    .describe('How traces are sent; there is one way.'),
  OTEL_SDK_DISABLED: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('Whether no traces are made though a collector is set: true or false.'),
  OTEL_SERVICE_NAME: z.string().default('galley').describe('What traces call this program.'),
  OTEL_TRACES_SAMPLER: z
    .enum([
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ])
    .default('parentbased_always_on')
    .describe(
      'Which traces are kept. traceidratio keeps OTEL_TRACES_SAMPLER_ARG of them, whatever callers ask for; browsers ask for all.',
    ),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('How many traces are kept by a ratio, from 0 to 1.'),
  OTEL_BSP_SCHEDULE_DELAY: int(10, 60_000)
    .default(5_000)
    .describe('How long spans wait to be sent together, in milliseconds.'),
}

import { setTimeout as sleep } from 'node:timers/promises'
import { beginTracing } from '@galley/tracing/span'
import { context, diag, DiagLogLevel, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'
import type { Env } from '../env.ts'
import { tellOfExport } from './tell-of-export.ts'
import type { Tracing } from './start.ts'

const STOP_MS = 1_000

/**
 * OpenTelemetry's SDK, put together by hand: its package for Node brings gRPC, Prometheus and 50 MB more. The exporter
 * reads its own variables (`OTEL_EXPORTER_OTLP_*`).
 */
export function startSdk(env: Env, log: Logger): Tracing {
  diag.setLogger(tellOfExport(log), { logLevel: DiagLogLevel.WARN })
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(
        resourceFromAttributes({
          'service.name': env.OTEL_SERVICE_NAME,
          'process.pid': process.pid,
        }),
      )
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(env),
    spanProcessors: [
      new BatchSpanProcessor({
        // What the exporter reads by itself would miss a file.
        exporter: new OTLPTraceExporter({ headers: env.OTEL_EXPORTER_OTLP_HEADERS ?? {} }),
        scheduledDelayMillis: env.OTEL_BSP_SCHEDULE_DELAY,
      }),
    ],
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(provider)
  beginTracing()
  return {
    async stop() {
      await Promise.race([provider.shutdown().catch(() => {}), sleep(STOP_MS)])
    },
  }
}

type SamplerEnv = Pick<Env, 'OTEL_TRACES_SAMPLER' | 'OTEL_TRACES_SAMPLER_ARG'>

function samplerOf({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: ratio }: SamplerEnv) {
  const root = rootSamplers[name.replace('parentbased_', '')]?.(ratio) ?? new AlwaysOnSampler()
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root
}

const rootSamplers: Record<string, (ratio: number) => Sampler> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio) => new TraceIdRatioBasedSampler(ratio),
}

import { readdirSync } from 'node:fs'
import { constants, monitorEventLoopDelay, PerformanceObserver, performance } from 'node:perf_hooks'
import { getHeapSpaceStatistics } from 'node:v8'
import { Histogram, type Registry } from 'prom-client'
import { readCounter, readGauge } from './readings.ts'

const RESOLUTION_MS = 10
/** Delays are of the time since the last look, which two who look at once would halve. */
const LEAST_WINDOW_MS = 5_000

type Aggregator = 'sum' | 'max' | 'min' | 'average'

/** Measures the process, V8 and the event loop. Of several processes, memory and time are summed, and the worst delay counts. */
export function measureRuntime(registry: Registry): { stop(): void } {
  const stopDelay = measureDelay()
  const stopGc = measureGc()
  measureLoop()
  measureMemory()
  measureProcess()
  return {
    stop() {
      stopDelay()
      stopGc()
    },
  }

  function measureDelay() {
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
    delay.enable()
    let values = { min: 0, max: 0, mean: 0, stddev: 0, p50: 0, p90: 0, p99: 0 }
    let lookedAt = -Infinity
    const look = () => {
      const now = performance.now()
      if (now - lookedAt < LEAST_WINDOW_MS || delay.count === 0) return
      lookedAt = now
      const late = (ns: number) => Math.max(0, ns / 1e9 - RESOLUTION_MS / 1000)
      values = {
        min: late(delay.min),
        max: late(delay.max),
        mean: late(delay.mean),
        stddev: delay.stddev / 1e9,
        p50: late(delay.percentile(50)),
        p90: late(delay.percentile(90)),
        p99: late(delay.percentile(99)),
      }
      delay.reset()
    }
    const name = (of: string) => `nodejs_eventloop_delay_${of}_seconds`
    for (const [of, aggregator] of [
      ['min', 'min'],
      ['max', 'max'],
      ['mean', 'average'],
      ['stddev', 'max'],
      ['p50', 'average'],
      ['p90', 'max'],
      ['p99', 'max'],
    ] as const) {
      gauge(name(of), `How late the event loop was lately: ${of}.`, aggregator, () => {
        look()
        return values[of]
      })
    }
    return () => delay.disable()
  }

  function measureLoop() {
    let last = performance.eventLoopUtilization()
    gauge(
      'nodejs_eventloop_utilization_ratio',
      'The part of the time that the event loop was busy, since it was last asked.',
      'average',
      () => {
        const now = performance.eventLoopUtilization()
        const { utilization } = performance.eventLoopUtilization(now, last)
        last = now
        return utilization
      },
    )
    counter(
      'nodejs_eventloop_time_seconds_total',
      'Seconds that the event loop was active and idle.',
      'nodejs_eventloop_state',
      () => {
        const { active, idle } = performance.eventLoopUtilization()
        return { active: active / 1000, idle: idle / 1000 }
      },
    )
  }

  function measureGc() {
    const duration = new Histogram({
      name: 'v8js_gc_duration_seconds',
      help: 'Duration of garbage collections.',
      labelNames: ['v8js_gc_type'],
      buckets: [0.001, 0.01, 0.1, 1, 10],
      registers: [registry],
    })
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { detail }: { detail?: { kind?: number } } = Object(entry)
        const type = gcTypes[detail?.kind ?? 0] ?? 'other'
        duration.observe({ v8js_gc_type: type }, entry.duration / 1000)
      }
    })
    observer.observe({ entryTypes: ['gc'] })
    return () => observer.disconnect()
  }

  function measureMemory() {
    const labelNames = ['v8js_heap_space_name']
    const spaces = (name: string, help: string, field: 'space_used_size' | 'physical_space_size') =>
      readGauge(registry, { name, help, labelNames }, () =>
        getHeapSpaceStatistics().map((space) => [
          { v8js_heap_space_name: space.space_name },
          space[field],
        ]),
      )
    spaces('v8js_memory_heap_used_bytes', 'Used, by space of the heap.', 'space_used_size')
    spaces(
      'v8js_memory_heap_space_physical_size_bytes',
      'Committed, by space of the heap.',
      'physical_space_size',
    )
    const resident = () => process.memoryUsage.rss()
    gauge('process_memory_usage_bytes', 'Resident memory.', 'sum', resident)
    gauge('galley_largest_process_bytes', 'The same of the largest process.', 'max', resident)
  }

  function measureProcess() {
    counter('process_cpu_time_seconds_total', 'Seconds of CPU time.', 'cpu_mode', () => {
      const { user, system } = process.cpuUsage()
      return { user: user / 1e6, system: system / 1e6 }
    })
    gauge('process_uptime_seconds', 'Since the youngest process began.', 'min', () =>
      process.uptime(),
    )
    gauge('process_unix_file_descriptor_count', 'Open files and sockets.', 'sum', countOpenFiles)
    gauge('galley_processes', 'Processes that are counted here.', 'sum', () => 1)
  }

  function gauge(name: string, help: string, aggregator: Aggregator, read: () => number) {
    readGauge(registry, { name, help, aggregator }, read)
  }

  function counter(name: string, help: string, label: string, read: () => Record<string, number>) {
    readCounter(registry, { name, help, labelNames: [label] }, () =>
      Object.entries(read()).map(([value, count]) => [{ [label]: value }, count]),
    )
  }
}

const gcTypes: Record<number, string> = {
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
}

/** Where the system tells it; 0 elsewhere. */
function countOpenFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return 0
  }
}

import { appendFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const EVERY_MS = 10_000

/** What lives in the heap of a process, in MB, after so many seconds; a line of JSON each. */
export type HeapSample = { seconds: number; heapMb: number; externalMb: number; residentMb: number }

export const heapFile = fileURLToPath(
  new URL('../../../../.galley/bench/heap.jsonl', import.meta.url),
)

// Loaded into the measured process: `--expose-gc --import heap-probe.ts`. In the process that measures it does nothing.
const { gc } = globalThis
if (gc) {
  writeFileSync(heapFile, '')
  setInterval(() => {
    gc()
    const { heapUsed, external, rss } = process.memoryUsage()
    const [heapMb, externalMb, residentMb] = [toMb(heapUsed), toMb(external), toMb(rss)]
    const sample: HeapSample = { seconds: process.uptime(), heapMb, externalMb, residentMb }
    appendFileSync(heapFile, `${JSON.stringify(sample)}\n`)
  }, EVERY_MS).unref()
}

function toMb(bytes: number) {
  return bytes / 1024 / 1024
}

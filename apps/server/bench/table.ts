import type { Result } from './measure.ts'

const head = [
  'case',
  'transport',
  'ratio',
  'p50 ms',
  'p99 ms',
  'server us',
  'Postgres us',
  'failed',
]

/** The results as a Markdown table. */
export function toTable(results: Map<string, Result[]>): string {
  const rows = [...results].flatMap(([name, all]) => all.map((result) => toRow(name, result)))
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const toRow = (name: string, { name: transport, ...result }: Result) => [
  name,
  transport,
  result.ratio.toFixed(2),
  result.p50.toFixed(1),
  result.p99.toFixed(1),
  result.serverCpu.toFixed(0),
  result.postgresCpu.toFixed(0),
  String(result.failed),
]

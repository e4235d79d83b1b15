import { type ServerAddress, serverAddressOf } from '@galley/tracing/server-address'
import { errorType, fail, recordingSpan, startSpan } from '@galley/tracing/span'
import type { DatabaseMeter, StatementEnd } from './metered.ts'

const MAX_TEXT = 4_000
const MAX_KNOWN = 2_000

/** A span for each statement of a trace to the database at `url`: its text, which has parameters in place of values, and never these. */
export function createStatementSpans(url: string): DatabaseMeter {
  const server = serverAddressOf(url, 5432)
  return {
    statement: (text) => (recordingSpan() ? begin(text, server) : () => {}),
    connection: () => ({ got() {}, released() {} }),
  }
}

function begin(text: string, server: ServerAddress): (end: StatementEnd) => void {
  const { operation, summary } = about(text)
  const span = startSpan(summary, {
    kind: 'client',
    attributes: {
      ...server,
      'db.system.name': 'postgresql',
      'db.operation.name': operation,
      'db.query.summary': summary,
      'db.query.text': text.slice(0, MAX_TEXT),
    },
  })
  return ({ waitedMs, error }) => {
    span.setAttribute('galley.db.waited_ms', waitedMs)
    if (error !== undefined) fail(span, errorType(error))
    span.end()
  }
}

type About = { operation: string; summary: string }

// There are some hundred texts, but for those whose lists differ in length.
const known = new Map<string, About>()

function about(text: string): About {
  const found = known.get(text)
  if (found) return found
  if (known.size >= MAX_KNOWN) known.clear()
  const made = summarize(text)
  known.set(text, made)
  return made
}

const WRITE = /\b(?:insert\s+into|delete\s+from|update\s+"?[\w.]+"?\s+set)\b/i
const TABLE = /\b(?:from|join|into|update)\s+(?:only\s+)?"?([a-z_][\w.]*)"?/gi
const MAX_TABLES = 3

/** What a statement does and to which tables: `insert outbox`, `select articles users`. */
export function summarize(text: string): About {
  const [first = ''] = /\w+/.exec(text) ?? []
  const [main = first] = (first.toLowerCase() === 'with' && /\w+/.exec(writeIn(text))) || []
  const operation = main.toLowerCase()
  const tables = new Set([...text.matchAll(TABLE)].map(([, table = '']) => table.toLowerCase()))
  return { operation, summary: [operation, ...[...tables].slice(0, MAX_TABLES)].join(' ') }
}

const writeIn = (text: string) => WRITE.exec(text)?.[0] ?? 'select'

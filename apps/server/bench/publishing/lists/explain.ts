import { createDb } from '@galley/db/client'
import * as schema from '@galley/db/schema'
import { drizzle } from 'drizzle-orm/postgres-js'

/** What one statement costs PostgreSQL; `rows` are those that it read of tables and indexes, with what it left out. */
export type Cost = { ms: number; buffers: number; rows: number }

/** A statement as it was sent. */
export type Statement = { text: string; values: unknown[] }
type Explained = { 'Execution Time': number; Plan: Node }
type Node = {
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  Plans?: Node[]
}

const RUNS = 7

/** A database that notes what is sent, and the cost of what was noted, by a plan as the server's connections come to have. */
export function openExplained(url: string) {
  const database = createDb(url, { max: 1, statementTimeoutMs: 0 })
  const noted: Statement[] = []
  const logger = {
    logQuery: (text: string, values: unknown[]) => void noted.push({ text, values }),
  }
  return {
    /** Of the one connection that explains. */
    sql: database.sql,
    db: drizzle(database.sql, { schema, logger }),
    /** Of what `read` sends: the middle of several runs, after as many as a prepared statement needs to find its plan. */
    async costOf(read: () => Promise<unknown>): Promise<Cost> {
      noted.length = 0
      await read()
      const all = { ms: 0, buffers: 0, rows: 0 }
      for (const statement of noted) {
        const cost = await explain(statement)
        all.ms += cost.ms
        all.buffers += cost.buffers
        all.rows += cost.rows
      }
      return all
    },
    [Symbol.asyncDispose]: () => database.close(),
  }

  async function explain({ text, values }: Statement): Promise<Cost> {
    const { sql } = database
    await sql.unsafe(`prepare explained as ${text}`)
    const call = `execute explained${values.length > 0 ? `(${values.map(literal).join(', ')})` : ''}`
    const costs: Cost[] = []
    for (let run = 0; run < 2 * RUNS; run += 1) {
      const [row] = await sql.unsafe<{ 'QUERY PLAN': [Explained] }[]>(
        `explain (analyze, buffers, format json) ${call}`,
      )
      const [explained] = row?.['QUERY PLAN'] ?? []
      if (!explained) throw new Error(`No plan of ${text}`)
      const { Plan: plan, 'Execution Time': ms } = explained
      const buffers = plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
      if (run >= RUNS) costs.push({ ms, buffers, rows: rowsRead(plan) })
    }
    await sql`deallocate explained`
    const middle = costs.toSorted((a, b) => a.ms - b.ms)[Math.floor(RUNS / 2)]
    return middle ?? { ms: 0, buffers: 0, rows: 0 }
  }
}

function rowsRead(node: Node): number {
  const each = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)
  const own = node['Relation Name'] === undefined ? 0 : each * node['Actual Loops']
  return (node.Plans ?? []).reduce((sum, part) => sum + rowsRead(part), own)
}

/** A value as SQL has it. */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  const text = value instanceof Date ? value.toISOString() : value
  if (typeof text === 'string') return `'${text.replaceAll("'", "''")}'`
  if (typeof text === 'number' || typeof text === 'boolean') return `'${text}'`
  if (Array.isArray(text)) {
    const values = text.map((each) => (each === null ? 'null' : JSON.stringify(String(each))))
    return literal(`{${values.join(',')}}`)
  }
  throw new TypeError(`A parameter like ${JSON.stringify(value)} is not known here`)
}

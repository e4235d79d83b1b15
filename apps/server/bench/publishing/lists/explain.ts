import { createDb } from '@galley/db/client'
import * as schema from '@galley/db/schema'
import { drizzle } from 'drizzle-orm/postgres-js'

/** What one statement costs PostgreSQL. */
export type Cost = { ms: number; buffers: number }

/** A statement as it was sent. */
export type Statement = { text: string; values: unknown[] }
type Explained = { 'Execution Time': number; Plan: Record<string, number> }

const RUNS = 7

/** A database that notes what is sent, and the cost of what was noted, by a plan as the server's connections come to have. */
export function openExplained(url: string) {
  const database = createDb(url, { max: 1, statementTimeoutMs: 0 })
  const noted: Statement[] = []
  const logger = {
    logQuery: (text: string, values: unknown[]) => void noted.push({ text, values }),
  }
  return {
    db: drizzle(database.sql, { schema, logger }),
    /** Of what `read` sends: the middle of several runs, after as many as a prepared statement needs to find its plan. */
    async costOf(read: () => Promise<unknown>): Promise<Cost> {
      noted.length = 0
      await read()
      let [ms, buffers] = [0, 0]
      for (const statement of noted) {
        const cost = await explain(statement)
        ms += cost.ms
        buffers += cost.buffers
      }
      return { ms, buffers }
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
      const buffers = (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0)
      if (run >= RUNS) costs.push({ ms, buffers })
    }
    await sql`deallocate explained`
    const middle = costs.toSorted((a, b) => a.ms - b.ms)[Math.floor(RUNS / 2)]
    return middle ?? { ms: 0, buffers: 0 }
  }
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

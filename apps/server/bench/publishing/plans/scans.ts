import { createDb } from '@galley/db/client'
import { growingTables } from '@galley/db/growth'
import * as schema from '@galley/db/schema'
import { drizzle } from 'drizzle-orm/postgres-js'
import { literal, type Statement } from '../lists/explain.ts'

/** What the statements of a call read, and those tables with many rows that they read as a whole. */
export type Scans = { statements: number; read: string[]; whole: string[] }

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; Plans?: Plan[] }

/** From so many rows on the planner's own choice counts; below, whether it could have chosen otherwise. */
const MANY = 10_000

/** A database that notes what is sent, and how the planner goes about it. */
export function openPlanned(url: string) {
  const database = createDb(url, { max: 1, statementTimeoutMs: 0 })
  const { sql } = database
  const noted: Statement[] = []
  const logger = {
    logQuery: (text: string, values: unknown[]) => void noted.push({ text, values }),
  }
  return {
    db: drizzle(sql, { schema, logger }),
    async scansOf(call: () => Promise<unknown>): Promise<Scans> {
      noted.length = 0
      await call()
      const statements = noted.filter(({ text }) => !/^(begin|commit|savepoint)/i.test(text))
      const scans = {
        statements: statements.length,
        read: new Set<string>(),
        whole: new Set<string>(),
      }
      for (const statement of statements) await look(statement, scans)
      const { read, whole } = scans
      read.delete('')
      return { statements: statements.length, read: [...read].toSorted(), whole: [...whole] }
    },
    [Symbol.asyncDispose]: () => database.close(),
  }

  async function look(statement: Statement, scans: { read: Set<string>; whole: Set<string> }) {
    let nodes = await nodesOf(statement)
    const whole = wholeTables(nodes)
    if (whole.length > 0) {
      const large = await sql<{ name: string }[]>`
        select relname as name from pg_class
        where relname = any(${whole}) and relnamespace = 'public'::regnamespace and reltuples >= ${MANY}`
      for (const { name } of large) scans.whole.add(name)
      await sql`set enable_seqscan = off`
      nodes = await nodesOf(statement)
      for (const name of wholeTables(nodes)) scans.whole.add(name)
      await sql`reset enable_seqscan`
    }
    for (const node of nodes) scans.read.add(readBy(node) ?? '')
  }

  async function nodesOf({ text, values }: Statement): Promise<Plan[]> {
    await sql.unsafe(`prepare planned as ${text}`)
    const call = `execute planned${values.length > 0 ? `(${values.map(literal).join(', ')})` : ''}`
    const [row] = await sql.unsafe<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(
      `explain (format json) ${call}`,
    )
    await sql`deallocate planned`
    const plan = row?.['QUERY PLAN'][0].Plan
    return plan ? flat(plan) : []
  }
}

const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)]

/** The index that a part of a plan reads by, or the table where it reads all of one. */
const readBy = (node: Plan) =>
  node['Index Name'] ?? (node['Node Type'] === 'Seq Scan' ? node['Relation Name'] : undefined)

const wholeTables = (nodes: Plan[]) =>
  nodes
    .filter((node) => node['Node Type'] === 'Seq Scan')
    .flatMap((node) => node['Relation Name'] ?? [])
    .filter((name) => growingTables.has(name))

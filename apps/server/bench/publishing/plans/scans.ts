import * as schema from '@galley/db/schema'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { literal, type Statement } from '../lists/explain.ts'
import { flat, indexesOf, listenToNested, type Plan, wholeTables } from './nested.ts'

/** What the statements of a call read, and those that triggers and functions send for it; which tables with many rows as a whole. */
export type Scans = { statements: number; read: string[]; nested: string[]; whole: string[] }

/** From so many rows on the planner's own choice counts; below, whether it could have chosen otherwise. */
const MANY = 10_000

/** A database that notes what is sent, and how the planner goes about it. */
export async function openPlanned(url: string) {
  const nested = listenToNested()
  const sql = postgres(url, { max: 1, onnotice: nested.onNotice })
  await nested.begin(sql)
  const noted: Statement[] = []
  const logger = {
    logQuery: (text: string, values: unknown[]) => void noted.push({ text, values }),
  }
  return {
    db: drizzle(sql, { schema, logger }),
    async scansOf(call: () => Promise<unknown>): Promise<Scans> {
      noted.length = 0
      const inner = await nested.during(call)
      const statements = noted.filter(({ text }) => !/^(begin|commit|savepoint)/i.test(text))
      const own = new Set(statements.map(({ text }) => text))
      const plans = inner.filter(({ text }) => !own.has(text)).map(({ plan }) => flat(plan))
      const scans = {
        statements: statements.length,
        read: new Set<string>(),
        whole: new Set(await large(plans.flatMap(wholeTables))),
      }
      for (const statement of statements) await look(statement, scans)
      const sorted = (names: Iterable<string>) => [...new Set(names)].toSorted()
      const { read, whole } = scans
      return {
        statements: statements.length,
        read: sorted(read),
        nested: sorted(plans.flatMap(indexesOf)),
        whole: [...whole],
      }
    },
    [Symbol.asyncDispose]: () => sql.end({ timeout: 5 }),
  }

  async function look(statement: Statement, scans: { read: Set<string>; whole: Set<string> }) {
    let nodes = await nodesOf(statement)
    const whole = wholeTables(nodes)
    if (whole.length > 0) {
      for (const name of await large(whole)) scans.whole.add(name)
      await sql`set enable_seqscan = off`
      nodes = await nodesOf(statement)
      for (const name of wholeTables(nodes)) scans.whole.add(name)
      await sql`reset enable_seqscan`
    }
    for (const name of indexesOf(nodes)) scans.read.add(name)
  }

  async function large(names: string[]): Promise<string[]> {
    if (names.length === 0) return []
    const rows = await sql<{ name: string }[]>`
      select relname as name from pg_class
      where relname = any(${names}) and relnamespace = 'public'::regnamespace and reltuples >= ${MANY}`
    return rows.map(({ name }) => name)
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

import { growingTables } from '@galley/db/growth'
import type { Notice, Sql } from 'postgres'

export type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  Plans?: Plan[]
}

/** A statement that ran: sent by a client, or by a function or trigger. */
type Ran = { text: string; plan: Plan }

/**
 * Hears by PostgreSQL's `auto_explain` of the plan of each statement that runs on a connection, also of those in functions,
 * triggers and foreign keys, into which no `explain` looks.
 */
export function listenToNested() {
  let heard: Ran[] | undefined
  return {
    onNotice({ message = '' }: Notice) {
      const [, json] = /plan:\n(\{[\s\S]*)$/.exec(message) ?? []
      if (!heard || json === undefined) return
      const { 'Query Text': text, Plan: plan }: { 'Query Text': string; Plan: Plan } =
        JSON.parse(json)
      heard.push({ text, plan })
    },
    async begin(sql: Sql) {
      await sql.unsafe(`load 'auto_explain'; set auto_explain.log_min_duration = 0;
        set auto_explain.log_nested_statements = on; set auto_explain.log_level = notice;
        set auto_explain.log_format = json`)
    },
    /** What runs until `work` has ended. */
    async during(work: () => Promise<unknown>): Promise<Ran[]> {
      const ran: Ran[] = []
      heard = ran
      try {
        await work()
      } finally {
        heard = undefined
      }
      return ran
    },
  }
}

export const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)]

/** The indexes that parts of a plan read by, and the tables of which they read all; not of PostgreSQL's own. */
export const indexesOf = (nodes: Plan[]): string[] =>
  nodes.flatMap(readBy).filter((name) => !name.startsWith('pg_'))

function readBy(node: Plan): string[] {
  const table = node['Node Type'] === 'Seq Scan' ? node['Relation Name'] : undefined
  const name = node['Index Name'] ?? table
  return name === undefined ? [] : [name]
}

export const wholeTables = (nodes: Plan[]): string[] =>
  nodes
    .filter((node) => node['Node Type'] === 'Seq Scan')
    .flatMap((node) => node['Relation Name'] ?? [])
    .filter((name) => growingTables.has(name))

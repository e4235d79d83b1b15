import { createHash } from 'node:crypto'
import { createDb } from '@galley/db/client'
import type { DatabaseMeter } from '@galley/db/metered'
import type { Log } from '@galley/platform/ctx'
import { currentWork, type Work } from '@galley/tracing/work'
import { LRUCache } from 'lru-cache'

type Options = {
  limitMs: number
  log: Log
  /** Returns the plan as PostgreSQL writes it in JSON. */
  explain: (statement: string) => Promise<unknown>
}

const MAX_TEXT = 2_000
/** A plan is asked for once in so long for each statement: it costs a round trip. */
const PLAN_KEPT_MS = 10 * 60_000
const MOST_PLANS = 500

/**
 * Logs what takes longer, without its values: which statement (`statementId`), what for, and by which plan (`planId`), so that a
 * plan that has changed shows. Hears of statements beside another meter.
 */
export function createSlowStatements({ limitMs, log, explain }: Options): DatabaseMeter {
  const plans = new LRUCache<string, Promise<object>>({ max: MOST_PLANS, ttl: PLAN_KEPT_MS })
  let isAsking = false
  return {
    statement(text) {
      // Where it ends is the connection's, which works for others too.
      const work = currentWork()
      return (end) => {
        const ms = end.ms - end.waitedMs
        const times = { ms: Math.round(ms), waitedMs: Math.round(end.waitedMs) }
        if (ms >= limitMs) void tell(text, times, work)
      }
    },
    connection: () => ({ got() {}, released() {} }),
  }

  async function tell(text: string, times: { ms: number; waitedMs: number }, work?: Work) {
    const statementId = hash(text)
    const plan = await planOf(statementId, text)
    const statement = text.replaceAll(/\s+/g, ' ').slice(0, MAX_TEXT)
    log.warn({ statementId, ...plan, ...times, ...work, statement }, 'slow statement')
  }

  /** One at a time, or a database that is slow would get a connection more for each that is; another is asked for the next time. */
  function planOf(statementId: string, text: string): Promise<object> | object {
    const known = plans.get(statementId)
    if (known || isAsking) return known ?? {}
    isAsking = true
    const plan = explain(text)
      .then(describe)
      .catch(() => ({}))
      .finally(() => (isAsking = false))
    plans.set(statementId, plan)
    return plan
  }
}

/** Both meters hear of everything. */
export function both(one: DatabaseMeter, other: DatabaseMeter): DatabaseMeter {
  return {
    statement(text) {
      const ends = [one.statement(text), other.statement(text)]
      return (end) => ends.forEach((tell) => tell(end))
    },
    connection: () => one.connection(),
  }
}

/**
 * Asks how PostgreSQL would run it for any values (`GENERIC_PLAN`, since version 16): nothing runs. By a connection of its own for each
 * time, since plans are seldom asked for, and then the pool may have none left.
 */
export const explainBy =
  (url: string) =>
  async (statement: string): Promise<unknown> => {
    await using database = createDb(url, { max: 1, applicationName: 'galley-plans' })
    const rows = await database.sql.unsafe(
      `explain (generic_plan, verbose, costs off, format json) ${statement}`,
    )
    return rows[0]?.['QUERY PLAN']
  }

type Node = {
  'Node Type'?: string
  'Relation Name'?: string
  'Index Name'?: string
  Plans?: Node[]
}

/** The shape of a plan and its hash; `queryId` where the server computes it, as in `pg_stat_statements`. */
function describe(explained: unknown): object {
  const [first]: { Plan?: Node; 'Query Identifier'?: number }[] = Object(explained)
  const plan = first?.Plan ? shapeOf(first.Plan) : undefined
  if (plan === undefined) return {}
  const queryId = first?.['Query Identifier']
  return { planId: hash(plan), plan, ...(queryId !== undefined && { queryId: String(queryId) }) }
}

function shapeOf(node: Node): string {
  const on = [node['Index Name'], node['Relation Name']].filter((name) => name !== undefined)
  const inner = (node.Plans ?? []).map(shapeOf)
  const own = [node['Node Type'], ...on].join(' ')
  return inner.length === 0 ? own : `${own} (${inner.join(', ')})`
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)

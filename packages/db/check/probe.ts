import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'

/**
 * Reads and writes every table in turn, without an end, on two connections, and notes how long a statement took. The writes change
 * nothing; they take the locks of writes.
 */
export async function startProbe(url: string) {
  const sql = postgres(url, { max: 3, onnotice: () => {}, connection: { lock_timeout: 10_000 } })
  const tables = await sql<{ name: string; column: string }[]>`
    select relname as name, attname as column from pg_class
    join pg_attribute on attrelid = pg_class.oid and attnum = 1
    where relnamespace = 'public'::regnamespace and relkind = 'r'`
  const ending = new AbortController()
  const failures: unknown[] = []
  const seen = { longest: { table: '', ms: 0 }, count: 0, rounds: 0 }

  const read = (table: string) => sql`select from ${sql(table)} limit 1`
  const write = (table: string, column: string) =>
    sql`update ${sql(table)} set ${sql(column)} = ${sql(column)} where false`

  async function ask(work: (table: string, column: string) => PromiseLike<unknown>) {
    for (; !ending.signal.aborted; seen.rounds += 1) {
      for (const { name, column } of tables) {
        const begun = performance.now()
        // PromiseLike: a query of the driver runs when it is awaited.
        await Promise.resolve(work(name, column)).catch((error) => failures.push(error))
        const ms = Math.round(performance.now() - begun)
        if (ms > seen.longest.ms) seen.longest = { table: name, ms }
        seen.count += 1
      }
    }
  }
  const running = [ask(read), ask(write)]
  return {
    failures,
    seen,
    /** Resolves when every table was looked at so many times more. */
    async rounds(more: number) {
      const until = seen.rounds + 2 * more
      while (seen.rounds < until) await sleep(10)
    },
    async [Symbol.asyncDispose]() {
      ending.abort()
      await Promise.all(running)
      await sql.end({ timeout: 5 })
    },
  }
}

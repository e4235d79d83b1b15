import type { Sql, TransactionSql } from 'postgres'

/** How a statement went: `waitedMs` of all its `ms` were for a connection, or for the statements before it on that one. */
export type StatementEnd = { ms: number; waitedMs: number; error?: unknown }

/** Hears of what is sent to a database, without its values. What it is called with must not throw. */
export type DatabaseMeter = {
  /** Called with the text of a statement as it is asked for; what it returns, when it has ended. */
  statement(text: string): (end: StatementEnd) => void
  /** Called for each statement or transaction that needs a connection; `got` once it has one, `released` in the end. */
  connection(): { got(waitedMs: number): void; released(): void }
}

/** What the driver has of a query beside its types: `active` while a connection works on it. */
type Running = { active: boolean; reject(error: unknown): void }

/** The same client, whose statements and transactions the meter hears of, those inside of transactions too. */
export function metered(client: Sql, meter: DatabaseMeter): Sql {
  return substitute(client, {
    unsafe: (...args: Parameters<Sql['unsafe']>) => {
      const { got, released } = meter.connection()
      const query = client.unsafe(...args)
      watch(query, meter.statement(args[0]), { got, released })
      return query
    },
    begin: (work: (tx: TransactionSql) => Promise<unknown>) => {
      const { got, released } = meter.connection()
      const asked = performance.now()
      return client
        .begin((tx) => {
          got(performance.now() - asked)
          return work(inTransaction(tx, meter))
        })
        .finally(released)
    },
  })
}

function inTransaction(tx: TransactionSql, meter: DatabaseMeter): TransactionSql {
  return substitute(tx, {
    unsafe: (...args: Parameters<Sql['unsafe']>) => {
      const query = tx.unsafe(...args)
      watch(query, meter.statement(args[0]))
      return query
    },
    savepoint: (work: (inner: TransactionSql) => Promise<unknown>) =>
      tx.savepoint((inner) => work(inTransaction(inner, meter))),
  })
}

const substitute = <Client extends object>(client: Client, members: object): Client =>
  new Proxy(client, {
    get: (target, name) => Reflect.get(name in members ? members : target, name),
  })

/** A promise would tell when a query ends, and not when it begins; and to wait for one sends it. */
function watch(
  query: object,
  ended: (end: StatementEnd) => void,
  connection?: ReturnType<DatabaseMeter['connection']>,
) {
  const running = query as Running // the driver's types hide it
  const asked = performance.now()
  let begun: number | undefined
  let isActive = false
  let isOver = false
  let error: unknown
  const { reject } = running
  running.reject = (cause) => {
    error = cause
    reject(cause)
  }
  Object.defineProperty(running, 'active', {
    get: () => isActive,
    set(value: boolean) {
      isActive = value
      const now = performance.now()
      if (value && begun === undefined) {
        begun = now
        connection?.got(begun - asked)
      }
      if (value || isOver) return
      isOver = true
      connection?.released()
      const waitedMs = (begun ?? now) - asked
      ended({ ms: now - asked, waitedMs, ...(error !== undefined && { error }) })
    },
  })
}

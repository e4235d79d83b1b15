import postgres from 'postgres'

const { PostgresError } = postgres

/** The database refused a second row with the same key, of the named constraint if one is named (SQLSTATE 23505). */
export function isUniqueViolation(error: unknown, constraintName?: string): boolean {
  return causes(error).some(
    (cause) =>
      cause.code === '23505' &&
      (constraintName === undefined || cause.constraint_name === constraintName),
  )
}

/** The constraint that the database would not break: foreign key, unique, check or exclusion (SQLSTATE 23503, 23505, 23514, 23P01). */
export function violatedConstraint(error: unknown): string | undefined {
  const violation = causes(error).find(({ code }) => /^23(50[35]|514|P01)$/.test(String(code)))
  return typeof violation?.constraint_name === 'string' ? violation.constraint_name : undefined
}

/**
 * The database could not be reached or had no time, room or right to write just now: refused, cut off, shutting down, out of connections
 * or disk, a standby, a timeout. The same call may succeed later, so it is a 503.
 */
export function isConnectionError(error: unknown): boolean {
  return causes(error).some(({ code, message }) =>
    typeof code === 'string' ? unavailable.test(code) : withoutCode.test(message),
  )
}

/** The connection to the database was lost, refused, or could not be made. */
export const isConnectionLost = (error: unknown): boolean =>
  causes(error).some(({ code }) => typeof code === 'string' && /^(CONN|E[A-Z]|08|57P0)/.test(code))

/** Anything that the database or the way to it did, but for a statement that took too long: elsewhere it takes as long. */
export function isDatabaseFailure(error: unknown): boolean {
  return causes(error).some(
    (cause) =>
      cause.code !== '57014' && (cause instanceof PostgresError || isConnectionError(cause)),
  )
}

/**
 * The database rolled a transaction back because of another one at the same time: the victim of a deadlock (40P01) or of a
 * serialisation failure (40001). The same transaction may hold when it runs again.
 */
export function isTransactionConflict(error: unknown): boolean {
  return causes(error).some(({ code }) => code === '40P01' || code === '40001')
}

// Of the driver (CONNECTION_CLOSED, CONNECT_TIMEOUT), of Node, and PostgreSQL's SQLSTATE: 08 connection, 25006 read-only,
// 25P03 idle transaction, 53 resources, 55P03 lock timeout, 57014 statement timeout, 57P0x shutdown.
const unavailable =
  /^(CONNECT(ION)?_(CLOSED|ENDED|DESTROYED|TIMEOUT)|E(CONN(REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH)|08...|25006|25P03|53...|55P03|57014|57P0[1-5])$/

// Of pg, pg-pool and pg-boss, by which jobs are left and run.
const withoutCode =
  /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|LISTEN\/NOTIFY heartbeat timed out)/

type Failure = Error & Record<string, unknown>

/** The error and what it was caused by: Drizzle wraps the driver's. */
function causes(error: unknown): Failure[] {
  return error instanceof Error ? [error as Failure, ...causes(error.cause)] : []
}

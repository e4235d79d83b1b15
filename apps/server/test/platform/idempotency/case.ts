import type { Queryable } from '@galley/db/client'

/** Where a call is made: `caller` is an admin. */
export type Setup = { db: Queryable; caller: { id: string } }

/** A call that takes an `Idempotency-Key`, by the name of its procedure: makes what it is about. */
export type Cases = Record<string, (setup: Setup) => Promise<{ input: object; status?: number }>>

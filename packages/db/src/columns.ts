import { randomUUIDv7 } from 'node:crypto'
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'

/** UUIDv7 primary key (RFC 9562): made by the application, ordered by time of creation. */
export const id = () =>
  uuid('id')
    .primaryKey()
    .$defaultFn(() => randomUUIDv7())

/** `timestamptz(3)`: millisecond precision, so that a JavaScript Date holds the value exactly. */
export const timestamptz = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

export const createdAt = () => timestamptz('created_at').notNull().defaultNow()

export const updatedAt = () => timestamptz('updated_at').notNull().defaultNow()

/** The number of a transaction, which is never used again. */
export const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })

import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, uuid } from 'drizzle-orm/pg-core'
import { timestamptz, updatedAt } from '../../columns.ts'
import { media } from './users.ts'

/** What admins have set over the defaults of the environment: one row, or none where nothing was ever set. */
export const siteSettings = pgTable(
  'site_settings',
  {
    id: boolean('id').primaryKey().default(true),
    version: integer('version').notNull().default(1),
    /** By the names of the contract; a setting that is not in it has its default. */
    chosen: jsonb('chosen').$type<Record<string, unknown>>().notNull().default({}),
    logoMediaId: uuid('logo_media_id').references(() => media.id, { onDelete: 'set null' }),
    /** Null while everybody is served. */
    maintenanceSince: timestamptz('maintenance_since'),
    updatedAt: updatedAt(),
  },
  (t) => [
    index('site_settings_logo_media_id_idx').on(t.logoMediaId),
    check('site_settings_id_check', sql`${t.id}`),
  ],
)

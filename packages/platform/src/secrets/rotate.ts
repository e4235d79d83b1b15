import type { Db } from '@galley/db/client'
import { identities, signingKeys, totpCredentials } from '@galley/db/schema'
import { sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

type Place = { table: PgTable; id: PgColumn; column: PgColumn; contextOf(id: string): string }

const ofIdentity = (id: string) => `identity:${id}`

/** Every column that holds something encrypted for longer than an hour. */
const places: Place[] = [
  {
    table: identities,
    id: identities.id,
    column: identities.accessTokenEncrypted,
    contextOf: ofIdentity,
  },
  {
    table: identities,
    id: identities.id,
    column: identities.refreshTokenEncrypted,
    contextOf: ofIdentity,
  },
  {
    table: totpCredentials,
    id: totpCredentials.userId,
    column: totpCredentials.secretEncrypted,
    contextOf: (userId) => `totp:${userId}`,
  },
  {
    table: signingKeys,
    id: signingKeys.id,
    column: signingKeys.privateJwkEncrypted,
    contextOf: (id) => `signing-key:${id}`,
  },
]

/** Every night, so that old keys can go. */
export const rotateSecretsNightly: JobDefinition<Record<string, never>> = {
  name: 'secrets.rotate',
  payload: z.strictObject({}),
  timeoutSeconds: 600,
  cron: '17 3 * * *',
}

/**
 * Encrypts with the first key what was encrypted with another one. What cannot be decrypted, because its key is
 * gone, stays as it is and is logged. Repeating it changes nothing.
 */
export async function rotateSecrets(ctx: Ctx): Promise<{ rotated: number; unreadable: number }> {
  const total = { rotated: 0, unreadable: 0 }
  for (const place of places) {
    for await (const row of readAll(ctx.db, place)) {
      if (!ctx.secretBox.isOutdated(row.value)) continue
      const next = reencrypt(ctx, row.value, place.contextOf(row.id))
      if (next === undefined) total.unreadable += 1
      else total.rotated += await replace(ctx.db, place, { ...row, next })
    }
  }
  if (total.unreadable > 0) ctx.log.error(total, 'secrets that no encryption key opens')
  else ctx.log.info(total, 'secrets rotated')
  return total
}

function reencrypt({ secretBox }: Ctx, value: string, context: string) {
  try {
    return secretBox.encrypt(secretBox.decrypt(value, context), context)
  } catch {
    return undefined
  }
}

const Rows = z.array(z.object({ id: z.string(), value: z.string() }))

async function* readAll(db: Db, { table, id, column }: Place) {
  for (let after = ''; ;) {
    const rows = Rows.parse([
      ...(await db.execute(sql`
        select ${id}::text as id, ${column} as value from ${table}
        where ${column} is not null and ${id}::text > ${after}
        order by ${id}::text limit 200`)),
    ])
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}

/** Only over the value that was read: it may have been replaced meanwhile. */
async function replace(
  db: Db,
  { table, id, column }: Place,
  { id: rowId, value, next }: { id: string; value: string; next: string },
) {
  const replaced = await db.execute(sql`
    update ${table} set ${sql.identifier(column.name)} = ${next}
    where ${id}::text = ${rowId} and ${column} = ${value} returning 1`)
  return replaced.length
}

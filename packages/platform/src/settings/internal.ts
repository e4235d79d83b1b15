import type { SettingsView } from '@galley/contract/settings'
import type { Tx } from '@galley/db/client'
import { siteSettings } from '@galley/db/schema'
import { afterCommit } from '@galley/db/transaction'
import type { Ctx } from '../ctx.ts'
import { only } from '../rows.ts'
import { type SettingsRow, toSettingsView } from './store.ts'

/** The row, locked: changes happen one after the other. */
export async function lockSettings(tx: Tx): Promise<SettingsRow> {
  await tx.insert(siteSettings).values({}).onConflictDoNothing()
  return only(await tx.select().from(siteSettings).for('update'))
}

/** Writes the row, which holds in this process as soon as it is committed. */
export async function saveSettings(
  ctx: Ctx,
  tx: Tx,
  change: Partial<SettingsRow>,
): Promise<SettingsView> {
  const row = only(
    await tx
      .update(siteSettings)
      .set({ ...change, updatedAt: ctx.now() })
      .returning(),
  )
  afterCommit(tx, () => ctx.settings.apply(row))
  return toSettingsView(ctx.settings.current.defaults, row)
}

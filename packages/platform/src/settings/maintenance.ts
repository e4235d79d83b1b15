import type { SetMaintenance, SettingsView } from '@galley/contract/settings'
import { recordAudit } from '../audit/record.ts'
import { type Ctx, transact } from '../ctx.ts'
import { authorize } from '../errors.ts'
import { emit } from '../events/emit.ts'
import { lockSettings, saveSettings } from './internal.ts'
import { canChangeSettings } from './policy.ts'
import { toSettingsView } from './store.ts'

/** Serves admins alone from now on, or everybody again. Repeating it changes nothing. */
export async function setMaintenance(ctx: Ctx, { on }: SetMaintenance): Promise<SettingsView> {
  authorize(canChangeSettings(ctx.actor))
  return transact(ctx, async (tx) => {
    const row = await lockSettings(tx)
    const since = row.maintenanceSince
    if (on === (since !== null)) return toSettingsView(ctx.settings.current.defaults, row)
    await recordAudit(ctx, tx, {
      action: on ? 'settings.maintenance-on' : 'settings.maintenance-off',
      target: { type: 'settings', id: 'site' },
      ...(since && { before: { since: since.toISOString() } }),
    })
    await emit(ctx, tx, 'settings.maintenance-changed', { on })
    return saveSettings(ctx, tx, { maintenanceSince: on ? ctx.now() : null })
  })
}

import type { SettingsView } from '@galley/contract/settings'
import type { Ctx } from '../ctx.ts'
import { authorize } from '../errors.ts'
import { canChangeSettings } from './policy.ts'
import { findSettings, toSettingsView } from './store.ts'

/** The settings as they are stored, for those who change them. */
export async function getSettings(ctx: Ctx): Promise<SettingsView> {
  authorize(canChangeSettings(ctx.actor))
  const [row] = await findSettings(ctx.db).execute()
  return toSettingsView(ctx.settings.current.defaults, row)
}

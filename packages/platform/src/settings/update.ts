import type { Settings, SettingsView, UpdateSettings } from '@galley/contract/settings'
import type { Tx } from '@galley/db/client'
import { recordAudit } from '../audit/record.ts'
import { type AuthedCtx, transact } from '../ctx.ts'
import { AppError, authorize } from '../errors.ts'
import { emit } from '../events/emit.ts'
import { usePicture } from '../media/use-picture.ts'
import { lockSettings, saveSettings } from './internal.ts'
import { canChangeSettings } from './policy.ts'
import { toSettingsView } from './store.ts'

/**
 * Changes the given settings. What is null, or the same as its default, is not set: it follows the environment. Throws
 * `settings/stale-version`, and what a logo is refused for.
 */
export async function updateSettings(ctx: AuthedCtx, input: UpdateSettings): Promise<SettingsView> {
  authorize(canChangeSettings(ctx.actor))
  const { version, logoMediaId, ...wanted } = input
  const { defaults } = ctx.settings.current
  refuseBeyondEnvironment(wanted, defaults)
  return transact(ctx, async (tx) => {
    const row = await lockSettings(tx)
    if (version !== 'any' && version !== row.version) throw new AppError('settings/stale-version')
    const before = toSettingsView(defaults, row)
    const chosen = chosenAfter(row.chosen, wanted, defaults)
    const logo = logoMediaId === undefined ? row.logoMediaId : logoMediaId
    const changed = changeOf(
      before,
      toSettingsView(defaults, { ...row, chosen, logoMediaId: logo }),
    )
    if (changed.names.length === 0) return before
    if (logo !== row.logoMediaId) await showLogo(ctx, tx, logo)
    await recordAudit(ctx, tx, {
      action: 'settings.updated',
      target: { type: 'settings', id: 'site' },
      before: changed.before,
      after: changed.after,
    })
    await emit(ctx, tx, 'settings.updated', { version: row.version + 1, names: changed.names })
    return saveSettings(ctx, tx, { chosen, logoMediaId: logo, version: row.version + 1 })
  })
}

type Wanted = Omit<UpdateSettings, 'version' | 'logoMediaId'>

/** The environment says what the machine can bear. */
function refuseBeyondEnvironment(wanted: Wanted, defaults: Settings): void {
  const fields = (['maxFileBytes', 'quotaBytes'] as const).flatMap((path) =>
    (wanted[path] ?? 0) > defaults[path]
      ? [{ path, message: `Must be at most ${defaults[path].toLocaleString('en')}.` }]
      : [],
  )
  if (fields.length > 0) throw new AppError('request/invalid', { fields })
}

function chosenAfter(chosen: Record<string, unknown>, wanted: Wanted, defaults: Settings) {
  const known: Record<string, unknown> = defaults
  const all = Object.entries({ ...chosen, ...wanted })
  return Object.fromEntries(
    all.filter(([name, value]) => value !== null && !isSame(value, known[name])),
  )
}

function changeOf(before: SettingsView, after: SettingsView) {
  const [old, now] = [before, after].map(({ settings, logoMediaId }): Record<string, unknown> => ({
    ...settings,
    logoMediaId,
  }))
  const names = Object.keys(now ?? {}).filter((name) => !isSame(old?.[name], now?.[name]))
  const of = (values: Record<string, unknown> = {}) =>
    Object.fromEntries(names.map((name) => [name, values[name]]))
  return { names, before: of(old), after: of(now) }
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** What uses the picture in the list of its uses: there is one site. */
const SITE = { kind: 'site', id: '01900000-0000-7000-8000-000000000000', title: 'The site: logo' }

const showLogo = (ctx: AuthedCtx, tx: Tx, mediaId: string | null) =>
  usePicture(ctx, tx, { ...SITE, isPublic: true }, { mediaId, path: 'logoMediaId' })

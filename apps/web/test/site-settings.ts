import { publishingDefaults } from '@galley/contract/publishing/settings' // publishing
import { Settings, type SettingsView, type UpdateSettings } from '@galley/contract/settings'

const defaults = Settings.parse({
  name: 'Galley',
  description: 'Essays.',
  signUp: 'readers',
  maxFileBytes: 20 * 1024 * 1024,
  quotaBytes: 1024 ** 3,
  ...publishingDefaults, // publishing
})

/** Where nothing was set. */
export const unsetSettings: SettingsView = {
  version: 1,
  settings: defaults,
  defaults,
  logoMediaId: null,
  logoUrl: null,
  maintenanceSince: null,
}

/** What a server makes of a change. */
export function settingsAfter(view: SettingsView, change: UpdateSettings): SettingsView {
  const { version: _, logoMediaId = null, ...set } = change
  const settings = Settings.parse({ ...view.settings, ...set })
  return { ...view, version: view.version + 1, settings, logoMediaId }
}

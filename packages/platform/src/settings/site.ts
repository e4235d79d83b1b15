import type { Site } from '../ctx.ts'
import type { SettingsStore } from './store.ts'

type Fixed = Pick<Site, 'language' | 'links' | 'origin'>

/** The site as its settings have it at each look. */
export const createSite = (settings: Pick<SettingsStore, 'current'>, fixed: Fixed): Site => ({
  ...fixed,
  get name() {
    return settings.current.settings.name
  },
  get description() {
    return settings.current.settings.description
  },
  get signUp() {
    return settings.current.settings.signUp
  },
  get logoUrl() {
    return settings.current.logoUrl
  },
})

/** The limits of uploads that hold at each look: the environment may have lowered its own since they were set. */
export const createMediaLimits = (settings: Pick<SettingsStore, 'current'>) => ({
  get maxFileBytes() {
    return leastOf(settings, 'maxFileBytes')
  },
  get quotaBytes() {
    return leastOf(settings, 'quotaBytes')
  },
})

const leastOf = (
  { current: { settings, defaults } }: Pick<SettingsStore, 'current'>,
  name: 'maxFileBytes' | 'quotaBytes',
) => Math.min(settings[name], defaults[name])

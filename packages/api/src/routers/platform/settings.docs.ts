import { publishingDefaults } from '@galley/contract/publishing/settings' // publishing
import type { SettingsView } from '@galley/contract/settings'
import { describeSlice } from '../../docs.ts'

const defaults: SettingsView['defaults'] = {
  name: 'Galley',
  description: 'Essays and notes on how things are made, and how they hold up.',
  signUp: 'readers',
  maxFileBytes: 20_971_520,
  quotaBytes: 1_073_741_824,
  ...publishingDefaults, // publishing
}

const unset: SettingsView = {
  version: 1,
  settings: defaults,
  defaults,
  logoMediaId: null,
  logoUrl: null,
  maintenanceSince: null,
}

export const docs = describeSlice(
  { about: 'The settings of the site over the defaults of its environment, for admins.' },
  {
    get: {
      summary: 'Read the settings of the site that admins change',
      description:
        'What holds, and what would hold where nothing was set. All servers follow a change within some seconds.',
      examples: [{ summary: 'Nothing was set', response: unset }],
    },
    update: {
      summary: 'Change settings of the site',
      description:
        'Those that are given; null gives back the default. `version` is that of the settings that the change was made from. Limits of uploads are at most their defaults.',
      refusals: [
        'settings/stale-version',
        'media/not-found',
        'media/not-a-picture',
        'media/not-ready',
      ],
      examples: [
        {
          summary: 'Another name, and nobody joins uninvited',
          body: { version: 1, name: 'The Fold', signUp: 'invite' },
          response: {
            ...unset,
            version: 2,
            settings: { ...defaults, name: 'The Fold', signUp: 'invite' },
          },
        },
      ],
    },
  },
)

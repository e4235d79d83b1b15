import { setTimeout as sleep } from 'node:timers/promises'
import type { SettingsStore } from '@galley/platform/settings/store'
import fastifyPlugin from 'fastify-plugin'
import type { Deps } from '../deps.ts'

type Options = Pick<Deps, 'listen'> & { settings: Pick<SettingsStore, 'follow' | 'refresh'> }

const FIRST_READ_MS = 2_000

/**
 * The server begins with what admins have set, and keeps up with what they set at other servers. Without its database it
 * begins with the defaults of the environment.
 */
export const settings = fastifyPlugin(
  (app, { settings, listen }: Options, done) => {
    let end: (() => void) | undefined
    app.addHook('onReady', async () => {
      const late = sleep(FIRST_READ_MS, undefined, { ref: false })
      await Promise.race([settings.refresh().catch(() => {}), late])
      end = settings.follow({ listen })
    })
    app.addHook('onClose', async () => end?.())
    done()
  },
  { name: 'settings', fastify: '5.x' },
)

import { thumbnailUrl } from '@galley/contract/platform/media'
import { Settings, type SettingsView } from '@galley/contract/settings'
import type { Database, Db } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { siteSettings } from '@galley/db/schema'
import { EVENTS_CHANNEL } from '../events/announcer.ts'

/** What holds for the site now, as this process knows it: read in each call, without a look at the database. */
export type SettingsStore = {
  readonly current: SettingsView
  /** Takes up what this process has just committed. */
  apply(row: SettingsRow | undefined): void
  /** Reads what holds. Who calls meanwhile gets the next read. */
  refresh(): Promise<void>
  /**
   * Keeps up with the changes of other processes, by their notifications and by a look every 3 s, until what it returns is
   * called. While the database is away, what was known holds on.
   */
  follow(database: Pick<Database, 'listen'>): () => void
}

export type SettingsRow = Pick<
  typeof siteSettings.$inferSelect,
  'version' | 'chosen' | 'logoMediaId' | 'maintenanceSince'
>

type Options = {
  db: Db
  /** By the environment. */
  defaults: Settings
  /** Called after each change with what held before. */
  onChange?: (now: SettingsView, before: SettingsView) => void
}

const LOOK_EVERY_MS = 3_000

/** The events after which they are read at once; a logo may have been deleted as a file. */
const events = ['settings.updated', 'settings.maintenance-changed', 'media.deleted']

export function createSettings({ db, defaults, onChange = () => {} }: Options): SettingsStore {
  let current = toSettingsView(defaults, undefined)
  let reading: Promise<void> | undefined
  let next: Promise<void> | undefined

  return {
    get current() {
      return current
    },
    apply,
    refresh,
    follow({ listen }) {
      const look = () => void refresh().catch(() => {}) // the next look tries again
      const hear = (notification: string) => {
        if (notification.split(' ').some((name) => events.includes(name))) look()
      }
      const timer = setInterval(look, LOOK_EVERY_MS).unref()
      // A connection that cannot be listened on costs the time until the next look.
      const listening = listen(EVENTS_CHANNEL, hear, look)
      listening.catch(() => {})
      return () => {
        clearInterval(timer)
        listening.then((end) => end()).catch(() => {})
      }
    },
  }

  function apply(row: SettingsRow | undefined) {
    const before = current
    const now = toSettingsView(defaults, row)
    if (JSON.stringify(now) === JSON.stringify(before)) return
    current = now
    onChange(now, before)
  }

  // One read at a time: an older one must not take the place of a newer one.
  function refresh(): Promise<void> {
    if (!reading) {
      reading = read().finally(() => (reading = undefined))
      return reading
    }
    next ??= reading
      .catch(() => {})
      .then(() => {
        next = undefined
        return refresh()
      })
    return next
  }

  async function read() {
    const [row] = await findSettings(db).execute()
    apply(row)
  }
}

/** The row, where something was set. */
export const findSettings = prepared((db) =>
  db.select().from(siteSettings).prepare('find_settings'),
)

/** What holds by a row. A value of another version of Galley that this one does not take has its default. */
export function toSettingsView(defaults: Settings, row: SettingsRow | undefined): SettingsView {
  const { version = 1, chosen = {}, logoMediaId = null, maintenanceSince = null } = row ?? {}
  return {
    version,
    settings: withChosen(defaults, chosen),
    defaults,
    logoMediaId,
    logoUrl: logoMediaId && thumbnailUrl(logoMediaId),
    maintenanceSince: maintenanceSince?.toISOString() ?? null,
  }
}

function withChosen(defaults: Settings, chosen: SettingsRow['chosen']): Settings {
  const { success, data } = Settings.safeParse({ ...defaults, ...chosen })
  if (success) return data
  const taken = Object.entries(chosen).filter(
    ([name, value]) => Settings.safeParse({ ...defaults, [name]: value }).success,
  )
  return Settings.parse({ ...defaults, ...Object.fromEntries(taken) })
}

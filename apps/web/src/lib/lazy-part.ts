import { type ComponentType, lazy } from 'react'
import { isOffline, offlineMessage } from './connection.ts'
import { notify } from './notify.ts'

/**
 * A part of a page whose script is fetched when it is first wanted. `open` fetches it before `show` puts it into the
 * page: where it cannot be had, that is said, and the page stays as it is.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return {
    Part: lazy(async () => ({ default: await load() })),
    open: async (show: () => void) => {
      try {
        await load()
      } catch {
        await notify({ title: 'This could not be opened.', description: cause(), tone: 'bad' })
        return
      }
      show()
    },
  }
}

const cause = () => (isOffline() ? offlineMessage : 'Reload the page and try again.')

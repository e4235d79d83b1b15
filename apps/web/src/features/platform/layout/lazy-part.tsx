import { type ComponentType, lazy } from 'react'
import { isOffline, offlineMessage } from '../../../lib/connection.ts'
import { notify } from '../../../lib/notify.ts'

/**
 * A part of a page whose script is fetched when it is first wanted. `open` fetches it before `show` puts it into the
 * page: where it cannot be had, that is said, and the page stays as it is.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return {
    Part: lazy(async () => ({ default: await load() })),
    open: (show: () => void) => afterLoading(load, show),
  }
}

/** The same of a script that shows nothing itself. Resolves to whether it was had. */
export async function afterLoading<Loaded>(
  load: () => Promise<Loaded>,
  act: (loaded: Loaded) => unknown,
): Promise<boolean> {
  let loaded: Loaded
  try {
    loaded = await load()
  } catch {
    await notify({ title: 'This could not be opened.', description: cause(), tone: 'bad' })
    return false
  }
  await act(loaded)
  return true
}

const cause = () => (isOffline() ? offlineMessage : 'Reload the page and try again.')

import { useSyncExternalStore } from 'react'

const query = '(min-width: 64rem)'

/** Whether there is room for two columns. */
export const useWide = () =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  )

function subscribe(listener: () => void) {
  const media = window.matchMedia(query)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

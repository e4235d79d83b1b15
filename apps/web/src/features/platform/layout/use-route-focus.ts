import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/** Moves the focus to the page after each navigation to another path, as a full page load would. */
export function useRouteFocus() {
  const router = useRouter()
  const main = useRef<HTMLElement>(null)
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, toLocation, hrefChanged }) => {
        if (!fromLocation || !hrefChanged || toLocation.state.keepFocus || toLocation.hash) return
        main.current?.focus({ preventScroll: true })
      }),
    [router],
  )
  return main
}

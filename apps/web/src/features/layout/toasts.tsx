import { lazy, Suspense, useSyncExternalStore } from 'react'
import { toasts } from '../../lib/notify.ts'

const Toaster = lazy(async () => ({ default: (await import('@galley/ui/toast')).Toaster }))

/** Where messages appear, from the first one on. */
export function Toasts() {
  const wanted = useSyncExternalStore(toasts.subscribe, toasts.wanted, () => false)
  if (!wanted) return null
  return (
    <Suspense>
      <Toaster />
    </Suspense>
  )
}

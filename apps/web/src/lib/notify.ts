import type { ToastMessage } from '@galley/ui/toast'
import { messageOf } from './errors.ts'

let wanted = false
const listeners = new Set<() => void>()

/** Shows a toast; the machinery behind it is fetched and mounted with the first one. */
export async function notify(message: ToastMessage) {
  const { showToast } = await import('@galley/ui/toast')
  wanted = true
  for (const listener of listeners) listener()
  showToast(message)
}

/** For `onError` of a mutation: says what failed, and the server's reason. */
export const notifyFailure = (title: string) => (error: unknown) =>
  void notify({ title, description: messageOf(error), tone: 'bad' })

/** Whether there has been a toast; for `useSyncExternalStore`. */
export const toasts = {
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
  wanted: () => wanted,
}

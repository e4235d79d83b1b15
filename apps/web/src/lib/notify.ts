import type { ToastMessage } from '@galley/ui/toast'
import { messageOf } from './errors.ts'

type Shown = {
  /** Whether there has been a toast. */
  toasts: boolean
  /** A message that came while the machinery behind toasts could not be fetched. */
  plain: ToastMessage | undefined
}

let shown: Shown = { toasts: false, plain: undefined }
const listeners = new Set<() => void>()

function show(change: Partial<Shown>) {
  shown = { ...shown, ...change }
  for (const listener of listeners) listener()
}

/** Shows a toast; the machinery behind it is fetched and mounted with the first one. */
export async function notify(message: ToastMessage) {
  try {
    const { showToast } = await import('@galley/ui/toast')
    show({ toasts: true })
    showToast(message)
  } catch {
    show({ plain: message })
  }
}

/** For `onError` of a mutation: says what failed, and the server's reason. */
export const notifyFailure = (title: string) => (error: unknown) =>
  void notify({ title, description: messageOf(error), tone: 'bad' })

/** What is to be shown; for `useSyncExternalStore`. */
export const notices = {
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
  get: () => shown,
  closePlain: () => show({ plain: undefined }),
}

import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { useTopDialog } from './open-dialogs.ts'

const manager = Toast.createToastManager()

/** The manager forgets what comes while no `Toaster` listens: the first toast, which has one mounted. */
const waiting: ToastMessage[] = []
let listening = false

export type ToastMessage = {
  title: string
  description?: string
  tone?: 'plain' | 'bad'
  /** What can be done about it, as a button. */
  action?: { label: string; run: () => void }
}

/**
 * Shows a short message that goes away by itself; errors stay longer and are announced at once, and what something can
 * be done about stays until it is closed.
 */
export function showToast(message: ToastMessage) {
  if (listening) add(message)
  else waiting.push(message)
}

function add({ title, description, tone = 'plain', action }: ToastMessage) {
  manager.add({
    title,
    description,
    type: tone,
    timeout: action ? 0 : tone === 'bad' ? 10_000 : 5_000,
    priority: tone === 'bad' ? 'high' : 'low',
    ...(action && { actionProps: { children: action.label, onClick: action.run } }),
  })
}

/** Where toasts appear; once a page. While a dialog is open they are in it: all else is out of reach, for screen readers too. */
export function Toaster() {
  const dialog = useTopDialog()
  useEffect(() => {
    listening = true
    for (const message of waiting.splice(0)) add(message)
    return () => {
      listening = false
    }
  }, [])
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal container={dialog}>
        <Toast.Viewport
          aria-label="Status messages"
          className="fixed inset-x-4 bottom-4 z-50 flex flex-col items-end gap-2 sm:left-auto sm:w-90"
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="w-full rounded-sm bg-ink text-paper shadow-float transition duration-200 data-ending-style:translate-y-2 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-3 py-3 pr-2 pl-4">
        <div className="flex min-w-0 flex-1 flex-col gap-0.5 py-1">
          <Toast.Title className="text-sm font-medium" />
          <Toast.Description className="text-xs opacity-80" />
        </div>
        <Toast.Action className="min-h-9 shrink-0 rounded-sm px-2 text-sm font-medium underline underline-offset-4 hover:bg-paper/15 focus-visible:outline-paper" />
        <Toast.Close
          aria-label="Close this message"
          className="inline-flex size-9 shrink-0 items-center justify-center rounded-sm hover:bg-paper/15 focus-visible:outline-paper"
        >
          <X aria-hidden="true" className="size-4" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}

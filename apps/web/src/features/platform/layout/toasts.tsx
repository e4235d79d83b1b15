import type { ToastMessage } from '@galley/ui/toast'
import { lazy, Suspense, useSyncExternalStore } from 'react'
import { notices } from '../../../lib/notify.ts'

const Toaster = lazy(async () => ({ default: (await import('@galley/ui/toast')).Toaster }))

const none = { toasts: false, plain: undefined }

/** Where messages appear, from the first one on. */
export function Toasts() {
  const { toasts, plain } = useSyncExternalStore(notices.subscribe, notices.get, () => none)
  return (
    <>
      {plain && <PlainToast message={plain} />}
      {toasts && (
        <Suspense>
          <Toaster />
        </Suspense>
      )}
    </>
  )
}

/** Needs no script that is not here already; stays until it is closed. */
function PlainToast({ message: { title, description } }: { message: ToastMessage }) {
  return (
    <div
      role="alert"
      className="fixed inset-x-4 bottom-4 z-50 flex items-start gap-3 rounded-sm bg-ink px-4 py-3 text-sm text-paper shadow-float sm:left-auto sm:w-90"
    >
      <p className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="font-medium">{title}</span>
        {description && <span className="text-xs opacity-80">{description}</span>}
      </p>
      <button
        type="button"
        onClick={notices.closePlain}
        className="font-medium underline underline-offset-4 focus-visible:outline-paper"
      >
        Close
      </button>
    </div>
  )
}

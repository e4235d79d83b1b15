import { AlertDialog } from '@base-ui/react/alert-dialog'
import type { ReactNode } from 'react'

type ConfirmDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description: ReactNode
  /** Buttons, the safe one first: it receives the focus. */
  children: ReactNode
}

/** Asks before something that cannot be undone. Escape answers no. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  description,
  children,
}: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.45)] transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 flex w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col gap-3 rounded-md border border-rule bg-raised p-6 shadow-float transition duration-150 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0">
          <AlertDialog.Title className="headline text-xl">{title}</AlertDialog.Title>
          <AlertDialog.Description className="text-sm text-soft">
            {description}
          </AlertDialog.Description>
          <div className="mt-3 flex flex-wrap justify-end gap-3">{children}</div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

import { AlertDialog } from '@base-ui/react/alert-dialog'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'

type ConfirmDialogProps = {
  title: string
  description: ReactNode
  /** The choice that changes nothing: it receives the focus. */
  cancel: string
  confirm: string
  busy?: boolean
  onCancel: () => void
  onConfirm: () => void
}

/** Asks before something that cannot be undone, for as long as it is rendered. Escape means no. */
export function ConfirmDialog({
  title,
  description,
  cancel,
  confirm,
  busy,
  onCancel,
  onConfirm,
}: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onCancel()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.45)] transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 flex w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col gap-3 rounded-md border border-rule bg-raised p-6 shadow-float transition duration-150 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0">
          <AlertDialog.Title className="headline text-xl">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="text-sm text-soft">
            {description}
          </AlertDialog.Description>
          <div className="mt-3 flex flex-wrap justify-end gap-3">
            <Button variant="line" onClick={onCancel}>
              {cancel}
            </Button>
            <Button variant="danger" busy={busy} onClick={onConfirm}>
              {confirm}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

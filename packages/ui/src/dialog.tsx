import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import { openDialog } from './open-dialogs.ts'

type DialogProps = {
  title: string
  description: ReactNode
  /** With room for two columns. */
  wide?: boolean
  onClose: () => void
  children: ReactNode
}

/** A form that must be sent or closed first, above everything else for as long as it is rendered. Escape closes it. */
export function Dialog({ title, description, wide = false, onClose, children }: DialogProps) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const { current } = dialog
    return current ? openDialog(current) : undefined
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-description`}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className={`m-auto ${wide ? 'w-[min(64rem,calc(100vw-2rem))]' : 'w-[min(26rem,calc(100vw-2rem))]'} rounded-md border border-rule bg-raised p-6 text-ink shadow-float backdrop:bg-[rgb(0_0_0/0.45)]`}
    >
      <div className="flex flex-col gap-5">
        <header className="flex flex-col gap-2">
          <h2 id={`${id}-title`} className="headline text-xl">
            {title}
          </h2>
          <p id={`${id}-description`} className="text-sm text-soft">
            {description}
          </p>
        </header>
        {children}
      </div>
    </dialog>
  )
}

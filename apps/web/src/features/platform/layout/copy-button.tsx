import { Button } from '@galley/ui/button'
import type { ReactNode } from 'react'
import { notify } from '../../../lib/notify.ts'

type CopyButtonProps = {
  text: () => string
  /** What to say when it is done. */
  done: string
  children: ReactNode
}

/** Puts a text on the clipboard. */
export function CopyButton({ text, done, children }: CopyButtonProps) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text())
      await notify({ title: done })
    } catch {
      await notify({
        title: 'The text could not be copied.',
        description: 'Select it and copy it yourself.',
        tone: 'bad',
      })
    }
  }
  return (
    <Button variant="line" size="small" onClick={() => void copy()}>
      {children}
    </Button>
  )
}

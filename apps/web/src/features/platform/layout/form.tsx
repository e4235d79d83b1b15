import { Notice } from '@galley/ui/notice'
import type { ReactNode, SubmitEvent } from 'react'

type FormProps = {
  submit: (event: SubmitEvent) => Promise<void>
  /** Why the form as a whole was refused; its fields carry their own errors. */
  failure: string | undefined
  gap?: string
  /** Where the form is sent while no script runs; without it, the page says that it needs one. */
  action?: string
  children: ReactNode
}

export function Form({ submit, failure, gap = 'gap-5', action, children }: FormProps) {
  return (
    // By post: a press before the script is alive must not put a password into the address.
    <form
      method="post"
      action={action}
      onSubmit={(event) => void submit(event)}
      noValidate
      className={`flex flex-col ${gap}`}
    >
      {failure && <Notice tone="bad" title={failure} />}
      {children}
    </form>
  )
}

import { Notice } from '@galley/ui/notice'
import { type ComponentProps, type ReactNode, type SubmitEvent, useEffect, useRef } from 'react'

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

/** A page that is one narrow form. */
export function FormPage({
  title,
  lead,
  plain = false,
  children,
}: {
  title: string
  lead?: ReactNode
  /** The form works without JavaScript. */
  plain?: boolean
  children: ReactNode
}) {
  return (
    <div className="page">
      <div className="mx-auto flex max-w-form flex-col gap-8 py-14 sm:py-20">
        <header className="flex flex-col gap-2">
          <h1 className="headline text-3xl">{title}</h1>
          {lead && <p className="text-sm text-soft">{lead}</p>}
        </header>
        {children}
        {!plain && (
          <noscript>
            <p className="rounded-sm border border-rule bg-sunken px-4 py-3 text-sm">
              This form needs JavaScript. Reading works without it.
            </p>
          </noscript>
        )}
      </div>
    </div>
  )
}

/** The result of a form, in its place: it takes the focus that the form had. */
export function FormResult(props: Omit<ComponentProps<typeof Notice>, 'ref'>) {
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => notice.current?.focus(), [])
  return <Notice {...props} ref={notice} />
}

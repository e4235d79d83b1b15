import { ConfirmDialog } from '@galley/ui/alert-dialog'
import { Button } from '@galley/ui/button'
import { type ReactNode, useState } from 'react'
import { Day } from '../layout/time.tsx'

type RowProps = { title: ReactNode; details: ReactNode; actions?: ReactNode }

/** One thing of a list in the settings, with what can be done to it. */
export function Row({ title, details, actions }: RowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-3 border-t border-rule py-4">
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm font-medium wrap-anywhere">
          {title}
        </p>
        <p className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-soft">{details}</p>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </li>
  )
}

type RemoveButtonProps = {
  action: string
  /** Of what; read after the action. */
  name: string
  question: string
  description: ReactNode
  busy: boolean
  /** Called when the person agreed; `close` puts the question away. */
  onConfirm: (close: () => void) => void
}

/** Takes something away for good, after asking. */
export function RemoveButton(props: RemoveButtonProps) {
  const { action, name, question, description, busy, onConfirm } = props
  const [asking, setAsking] = useState(false)
  const close = () => setAsking(false)
  return (
    <>
      <Button variant="line" size="small" onClick={() => setAsking(true)}>
        {action}
        <span className="sr-only">
          {' '}
          <bdi>{name}</bdi>
        </span>
      </Button>
      {asking && (
        <ConfirmDialog
          title={question}
          description={description}
          cancel="Keep it"
          confirm={action}
          busy={busy}
          onCancel={close}
          onConfirm={() => onConfirm(close)}
        />
      )}
    </>
  )
}

/** When a key to the account was used last, among the details of its row. */
export function LastUsed({ at }: { at: string | null }) {
  if (at === null) return <span>Never used</span>
  return (
    <span>
      Last used <Day timestamp={at} />
    </span>
  )
}

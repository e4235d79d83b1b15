import { ConfirmDialog } from '@galley/ui/alert-dialog'
import { Button } from '@galley/ui/button'
import { useState, type ReactNode } from 'react'

type RemoveButtonProps = {
  action: string
  /** Of what; read after the action. */
  name: string
  question: string
  description: ReactNode
  busy: boolean
  /** Told when the person agreed; `close` puts the question away. */
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

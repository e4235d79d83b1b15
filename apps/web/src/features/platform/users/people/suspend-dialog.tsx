import { type ManagedUser, SuspendUser } from '@galley/contract/platform/users'
import { Button } from '@galley/ui/button'
import { Dialog } from '@galley/ui/dialog'
import { Field, Input } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { useApiForm } from '../../../../lib/form.ts'
import { notify } from '../../../../lib/notify.ts'
import { useTRPC } from '../../../../lib/trpc.ts'
import { Form } from '../../layout/form.tsx'
import { useRefreshPeople } from './queries.ts'

const Reason = SuspendUser.pick({ reason: true })

type SuspendDialogProps = { person: ManagedUser; onClose: () => void }

/** Asks for the reason, which the audit log keeps. */
export function SuspendDialog({ person: { id, displayName }, onClose }: SuspendDialogProps) {
  const refresh = useRefreshPeople()
  const suspend = useMutation(useTRPC().users.suspend.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: Reason,
    defaultValues: { reason: '' },
    send: ({ reason }) => suspend.mutateAsync({ id, reason }),
    onSuccess: () => {
      onClose()
      void refresh()
      void notify({ title: `${displayName} is suspended.` })
    },
  })
  return (
    <Dialog
      title={`Suspend ${displayName}?`}
      description="They are signed out everywhere. They can sign in again and read, but not write."
      onClose={onClose}
    >
      <Form submit={submit} failure={errors.root?.message}>
        <Field label="Reason" hint="For the audit log." error={errors.reason?.message}>
          <Input maxLength={300} autoComplete="off" {...register('reason')} />
        </Field>
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="line" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="danger" busy={busy}>
            Suspend
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

import { CreatePasskey } from '@galley/contract/platform/passkeys'
import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useApiForm } from '../../../lib/form.ts'
import { notify } from '../../../lib/notify.ts'
import { useTRPCClient } from '../../../lib/trpc.ts'
import { Form } from '../layout/form.tsx'
import { useRefreshAccount } from '../settings/use-refresh-account.ts'
import { makePasskey } from './webauthn.ts'

const Name = CreatePasskey.pick({ name: true })

export function AddPasskey() {
  const client = useTRPCClient()
  const refresh = useRefreshAccount()
  const { register, errors, busy, submit } = useApiForm({
    schema: Name,
    defaultValues: { name: '' },
    send: async ({ name }) =>
      client.passkeys.create.mutate({ name, response: await makePasskey(client) }),
    onSuccess: (_, form) => {
      form.reset()
      void refresh()
      void notify({ title: 'The passkey is added.' })
    },
  })
  return (
    <div className="max-w-form">
      <Form submit={submit} failure={errors.root?.message}>
        <Field
          label="Name of the new passkey"
          hint="Helps you recognise it: the device, or the password manager."
          error={errors.name?.message}
        >
          <Input autoComplete="off" {...register('name')} />
        </Field>
        <Button type="submit" variant="line" busy={busy} className="self-start">
          Add a passkey
        </Button>
      </Form>
    </div>
  )
}

import { CreatePasskey, type PasskeyView } from '@galley/contract/platform/passkeys'
import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useApiForm } from '../../../lib/form.ts'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC, useTRPCClient } from '../../../lib/trpc.ts'
import { Form } from '../layout/form.tsx'
import { Section } from '../layout/section.tsx'
import { Day } from '../layout/time.tsx'
import { myPasskeys, useRefreshAccount } from '../settings/account-queries.ts'
import { LastUsed, RemoveButton, Row } from '../settings/row.tsx'
import { makePasskey } from './webauthn.ts'

/** Passkeys sign in without a password and cannot be phished. */
export function PasskeySection() {
  const { data } = useSuspenseQuery(myPasskeys(useTRPC()))
  return (
    <Section
      title="Passkeys"
      lead="Sign in without a password, with a key kept by your device or password manager."
    >
      {data.items.length > 0 && (
        <ul>
          {data.items.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      <AddPasskey />
    </Section>
  )
}

export function PasskeyRow({ passkey }: { passkey: PasskeyView }) {
  const refresh = useRefreshAccount()
  const remove = useMutation(
    useTRPC().passkeys.delete.mutationOptions({
      onSuccess: async () => {
        await refresh()
        void notify({ title: 'The passkey is deleted.' })
      },
      onError: notifyFailure('The passkey was not deleted.'),
    }),
  )
  const { id, name, backedUp, createdAt, lastUsedAt } = passkey
  return (
    <Row
      title={<bdi>{name}</bdi>}
      details={
        <>
          <span>
            Added <Day timestamp={createdAt} />
          </span>
          <LastUsed at={lastUsedAt} />
          <span>{backedUp ? 'Kept by a password manager' : 'On one device only'}</span>
        </>
      }
      actions={
        <RemoveButton
          action="Delete"
          name={name}
          question={`Delete the passkey “${name}”?`}
          description="You can no longer sign in with it. Remove it from your device or password manager as well."
          busy={remove.isPending}
          onConfirm={(close) => remove.mutate({ id }, { onSettled: close })}
        />
      }
    />
  )
}

const Name = CreatePasskey.pick({ name: true })

function AddPasskey() {
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

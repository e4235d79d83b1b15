import { ChangeEmail } from '@galley/contract/platform/credentials'
import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useApiForm } from '../../../lib/form.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Form } from '../layout/form.tsx'
import { Section } from '../layout/section.tsx'
import { MailSent } from '../users/mail-sent.tsx'

export function EmailSection({ email }: { email: string }) {
  const [sentTo, setSentTo] = useState<string>()
  return (
    <Section title="E-mail address" lead={`We send mail to ${email}. Nobody else sees it.`}>
      <div className="flex max-w-form flex-col gap-5">
        {sentTo !== undefined && (
          <MailSent key={sentTo} title={`A mail is on its way to ${sentTo}.`}>
            Open the link in it to change your address. Until then, the old one stays.
          </MailSent>
        )}
        <ChangeEmailForm onSent={setSentTo} />
      </div>
    </Section>
  )
}

function ChangeEmailForm({ onSent }: { onSent: (email: string) => void }) {
  const request = useMutation(useTRPC().users.requestEmailChange.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: ChangeEmail,
    defaultValues: { email: '' },
    send: request.mutateAsync,
    onSuccess: (_, form) => {
      onSent(form.sent.email.trim())
      form.reset()
    },
  })
  return (
    <Form submit={submit} failure={errors.root?.message}>
      <Field label="New e-mail address" error={errors.email?.message}>
        <Input type="email" autoComplete="email" {...register('email')} />
      </Field>
      <Button type="submit" busy={busy} className="self-start">
        Change the address
      </Button>
    </Form>
  )
}

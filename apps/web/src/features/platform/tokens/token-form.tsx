import { CreateToken } from '@galley/contract/platform/tokens'
import { Scope, scopeMeanings } from '@galley/contract/scopes'
import { Button } from '@galley/ui/button'
import { Checkbox, CheckboxGroup } from '@galley/ui/checkbox'
import { Field, Input, Select } from '@galley/ui/field'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApiForm } from '../../../lib/form.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Form } from '../layout/form.tsx'

const lifetimes = [7, 30, 90, 365]

export function TokenForm({ onCreated }: { onCreated: (token: string) => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const create = useMutation(trpc.tokens.create.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: CreateToken,
    defaultValues: { name: '', scopes: [], expiresInDays: 90 },
    send: create.mutateAsync,
    onSuccess: ({ token }, form) => {
      form.reset()
      onCreated(token)
      void queryClient.invalidateQueries(trpc.tokens.pathFilter())
    },
  })
  return (
    <div className="max-w-measure">
      <Form submit={submit} failure={errors.root?.message}>
        <Field label="Name" hint="What it is for." error={errors.name?.message}>
          <Input autoComplete="off" {...register('name')} />
        </Field>
        <CheckboxGroup legend="Scopes" error={errors.scopes?.message}>
          {Scope.options.map((scope) => (
            <Checkbox
              key={scope}
              value={scope}
              label={scopeMeanings[scope]}
              hint={<code>{scope}</code>}
              {...register('scopes')}
            />
          ))}
        </CheckboxGroup>
        <Field label="Works for" error={errors.expiresInDays?.message}>
          <Select {...register('expiresInDays', { valueAsNumber: true })}>
            {lifetimes.map((days) => (
              <option key={days} value={days}>
                {days} days
              </option>
            ))}
          </Select>
        </Field>
        <Button type="submit" busy={busy} className="self-start">
          Create the token
        </Button>
      </Form>
    </div>
  )
}

import { Field, Input } from '@galley/ui/field'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { button, expectWrong, field } from '../../test/fields.ts'
import { show } from '../../test/render.tsx'
import { useApiForm } from './form.ts'

const Due = z.object({ due: z.string() })

function DueForm({ send }: { send: () => Promise<void> }) {
  const schema = Due
  const onSuccess = () => {}
  const { register, errors, submit } = useApiForm({
    schema,
    defaultValues: { due: '' },
    send,
    onSuccess,
  })
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Field label="Due" error={errors.due?.message}>
        <Input type="date" {...register('due')} />
      </Field>
      <button type="submit">Save</button>
    </form>
  )
}

test('a date that is typed in part is not sent as none', async () => {
  const send = vi.fn<() => Promise<void>>(async () => {})
  const { user } = await show(<DueForm send={send} />)
  const validity = { badInput: true }
  Object.defineProperty(field('Due'), 'validity', { get: () => validity, configurable: true })
  await user.click(button('Save'))
  await expectWrong('Due', 'Must be complete.')
  expect(field('Due')).toHaveFocus()
  expect(send).not.toHaveBeenCalled()
  validity.badInput = false
  await user.click(button('Save'))
  expect(send).toHaveBeenCalledOnce()
})

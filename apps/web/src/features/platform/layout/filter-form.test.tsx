import { Field, Input, Select } from '@galley/ui/field'
import { useSearch } from '@tanstack/react-router'
import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { field } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { FilterForm } from './filter-form.tsx'

function Filter() {
  const { query, state }: { query?: string; state?: string } = useSearch({ strict: false })
  return (
    <FilterForm label="Files">
      <Field label="Name">
        <Input name="query" defaultValue={query} />
      </Field>
      <Field label="State">
        <Select name="state" defaultValue={state ?? ''}>
          <option value="">Any</option>
          <option>ready</option>
        </Select>
      </Field>
    </FilterForm>
  )
}

test('the fields show the address, and keep the focus while it changes', async () => {
  const { router, user } = await show(<Filter />)
  const name = field('Name')
  await user.type(name, 'hedge')
  await user.selectOptions(field('State'), 'ready')
  await user.type(name, '{Enter}')
  await waitFor(() =>
    expect(router.state.location.search).toEqual({ query: 'hedge', state: 'ready' }),
  )
  expect(name).toHaveFocus()
  await user.type(name, 's{Enter}')
  await waitFor(() => expect(router.state.location.search).toMatchObject({ query: 'hedges' }))
  router.history.back()
  await waitFor(() => expect(field('Name')).toHaveValue('hedge'))
  router.history.back()
  await waitFor(() => expect(field('Name')).toHaveValue(''))
  expect(field('State')).toHaveValue('')
})

test('what is typed and not sent is cleared too', async () => {
  const { user } = await show(<Filter />)
  await user.type(field('Name'), 'hedge')
  await user.selectOptions(field('State'), 'ready')
  await user.click(screen.getByRole('link', { name: 'Clear' }))
  expect(field('Name')).toHaveValue('')
  expect(field('State')).toHaveValue('')
})

import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { refuse, serve } from '../../../../test/api.ts'
import { button, expectWrong, field } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { TokenForm } from './token-form.tsx'

const created = {
  token: 'gly_secret',
  id: '01900000-0000-7000-8000-000000000009',
  name: 'Backup',
  hint: 'gly_...cret',
  scopes: ['profile:read' as const],
  createdAt: '2026-03-14T08:30:00.000Z',
  expiresAt: '2026-04-14T08:30:00.000Z',
  lastUsedAt: null,
}

async function showForm() {
  const onCreated = vi.fn<(token: string) => void>()
  return { ...(await show(<TokenForm onCreated={onCreated} />)), onCreated }
}

test('a token without a name and scopes is refused before it is sent', async () => {
  const calls = serve({})
  const { user } = await showForm()
  await user.click(button('Create the token'))
  await expectWrong('Name', 'Must not be empty.')
  expect(screen.getByRole('group', { name: 'Scopes' })).toHaveAccessibleDescription(
    'Choose at least one.',
  )
  expect(field('Name')).toHaveFocus()
  expect(calls).toEqual([])
})

test('what was chosen is sent, and the form is empty for the next one', async () => {
  const calls = serve({ 'tokens.create': () => created })
  const { user, onCreated } = await showForm()
  await user.type(field('Name'), 'Backup')
  expect(field('Read your profile')).toHaveAccessibleDescription('profile:read')
  await user.click(field('Read your profile'))
  await user.click(field('See the progress of jobs'))
  await user.selectOptions(field('Works for'), '30 days')
  await user.click(button('Create the token'))
  await waitFor(() => expect(onCreated).toHaveBeenCalledWith('gly_secret'))
  expect(calls).toEqual([
    {
      path: 'tokens.create',
      input: { name: 'Backup', scopes: ['profile:read', 'jobs:read'], expiresInDays: 30 },
    },
  ])
  expect(field('Name')).toHaveValue('')
  expect(field('Read your profile')).not.toBeChecked()
})

test('pressing twice makes one token', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof created>()
  const calls = serve({ 'tokens.create': () => promise })
  const { user, onCreated } = await showForm()
  await user.type(field('Name'), 'Backup')
  await user.click(field('Read your profile'))
  await user.dblClick(button('Create the token'))
  await user.type(field('Name'), '{Enter}')
  resolve(created)
  await waitFor(() => expect(onCreated).toHaveBeenCalledOnce())
  expect(calls).toHaveLength(1)
})

test('a refusal keeps what was chosen', async () => {
  serve({ 'tokens.create': () => refuse('token/too-many') })
  const { user, onCreated } = await showForm()
  await user.type(field('Name'), 'Backup')
  await user.click(field('Read your profile'))
  await user.click(button('Create the token'))
  expect(await screen.findByRole('alert')).toHaveTextContent('You already have 50 tokens.')
  expect(field('Name')).toHaveValue('Backup')
  expect(field('Read your profile')).toBeChecked()
  expect(onCreated).not.toHaveBeenCalled()
})

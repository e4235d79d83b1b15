import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { refuse, serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { expectToast, expectWrong, field } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { InviteForm } from './invite-form.tsx'

const editor = { ...mira, role: 'editor' as const }
const admin = { ...mira, can: { write: true, manageUsers: true, administer: true } }

const invitation = {
  id: '01900000-0000-7000-8000-000000000009',
  email: 'ada@galley.example',
  role: 'reader' as const,
  invitedBy: 'mira',
  createdAt: '2026-03-14T08:30:00.000Z',
  expiresAt: '2026-03-21T08:30:00.000Z',
  can: { delete: true },
}

const offeredRoles = () =>
  within(field('Role'))
    .getAllByRole('option')
    .map(({ textContent }) => textContent)

test('an address that is none is refused before it is sent', async () => {
  const calls = serve({})
  const { user } = await show(<InviteForm user={editor} />)
  await user.type(field('E-mail address'), 'ada@{Enter}')
  await expectWrong('E-mail address', 'Must be an e-mail address.')
  expect(field('E-mail address')).toHaveFocus()
  expect(calls).toEqual([])
})

test('editors invite readers and authors, admins everybody', async () => {
  serve({})
  await show(<InviteForm user={editor} />)
  expect(offeredRoles()).toEqual(['reader', 'author'])
})

test('admins invite everybody', async () => {
  serve({})
  await show(<InviteForm user={admin} />)
  expect(offeredRoles()).toEqual(['reader', 'author', 'editor', 'admin'])
})

test('the invitation is sent once, and the form is empty again', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof invitation>()
  const calls = serve({ 'invitations.create': () => promise })
  const { user } = await show(<InviteForm user={editor} />)
  await user.selectOptions(field('Role'), 'reader')
  await user.type(field('E-mail address'), 'ada@galley.example{Enter}')
  await waitFor(() => expect(calls).toHaveLength(1))
  await user.keyboard('{Enter}')
  resolve(invitation)
  await expectToast('An invitation is on its way to ada@galley.example.')
  expect(calls).toEqual([
    { path: 'invitations.create', input: { email: 'ada@galley.example', role: 'reader' } },
  ])
  expect(field('E-mail address')).toHaveValue('')
})

test('a refusal keeps the address', async () => {
  serve({ 'invitations.create': () => refuse('invitation/has-account') })
  const { user } = await show(<InviteForm user={editor} />)
  await user.type(field('E-mail address'), 'ada@galley.example{Enter}')
  expect(await screen.findByRole('alert')).toBeInTheDocument()
  expect(field('E-mail address')).toHaveValue('ada@galley.example')
})

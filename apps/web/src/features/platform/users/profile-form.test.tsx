import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { refuse, serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { button, expectToast, expectWrong, field } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { currentSession } from '../sessions/current-user.ts'
import { ProfileForm } from './profile-form.tsx'

const showForm = () => show(<ProfileForm user={mira} />, { user: mira })

test('wrong fields say why, and nothing is sent', async () => {
  const calls = serve({})
  const { user } = await showForm()
  await user.clear(field('Name'))
  await user.clear(field('Username'))
  await user.click(button('Save'))
  await expectWrong('Name', 'Must not be empty.')
  await expectWrong('Username', 'Use 3 to 30 letters, digits or hyphens.')
  expect(field('Name')).toHaveFocus()
  expect(calls).toEqual([])
})

test('a taken username is said at its field; the rest stays as it was typed', async () => {
  serve({ 'users.updateProfile': () => refuse('user/username-taken') })
  const { user } = await showForm()
  await user.type(field('Username'), '2')
  await user.type(field('About you'), ' And walls.')
  await user.click(button('Save'))
  await expectWrong('Username', 'This username is taken.')
  expect(field('About you')).toHaveValue('Writes about hedges. And walls.')
})

test('what the server made of it is shown, and is the current user everywhere', async () => {
  const saved = { ...mira, displayName: 'Mira O.' }
  serve({ 'users.updateProfile': () => saved })
  const { user, queryClient, trpc } = await showForm()
  await user.clear(field('Name'))
  await user.type(field('Name'), '  Mira O.  ')
  await user.click(button('Save'))
  await waitFor(() => expect(field('Name')).toHaveValue('Mira O.'))
  expect(queryClient.getQueryData(currentSession(trpc).queryKey)).toEqual({ user: saved })
})

test('leaving with something unsaved asks first; what was saved does not', async () => {
  serve({ 'users.updateProfile': () => ({ ...mira, bio: 'Hedges.' }) })
  const { user, router } = await showForm()
  await user.clear(field('About you'))
  await user.type(field('About you'), 'Hedges.')
  void router.navigate({ href: '/tags' })
  await user.click(await screen.findByRole('button', { name: 'Stay here' }))
  expect(field('About you')).toHaveValue('Hedges.')
  await user.click(button('Save'))
  await expectToast('Your profile is saved.')
  await router.navigate({ href: '/tags' })
  expect(await screen.findByText('Elsewhere')).toBeInTheDocument()
})

test('what is typed while the rest is saved stays, and is not taken for saved', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof mira>()
  serve({ 'users.updateProfile': () => promise })
  const { user, router } = await showForm()
  await user.clear(field('Name'))
  await user.type(field('Name'), ' Mira O.')
  await user.click(button('Save'))
  await user.type(field('About you'), ' And walls.')
  resolve({ ...mira, displayName: 'Mira O.' })
  await expectToast('Your profile is saved.')
  expect(field('Name')).toHaveValue('Mira O.')
  expect(field('About you')).toHaveValue('Writes about hedges. And walls.')
  void router.navigate({ href: '/tags' })
  await user.click(await screen.findByRole('button', { name: 'Stay here' }))
})

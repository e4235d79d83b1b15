import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { refuse, serve } from '../../../../test/api.ts'
import { expectWrong, field } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { ResetPasswordForm } from './reset-password-form.tsx'

test('a password that is too short is refused before it is sent', async () => {
  const calls = serve({})
  const { user } = await show(<ResetPasswordForm token="mailed" />)
  await user.type(field('New password'), 'short{Enter}')
  await expectWrong('New password', 'Must be at least 8 characters.')
  expect(field('New password')).toHaveFocus()
  expect(calls).toEqual([])
})

test('the new password goes with the token of the link, and the way to the sign-in follows', async () => {
  const calls = serve({ 'credentials.resetPassword': () => ({ accepted: true }) })
  const { user } = await show(<ResetPasswordForm token="mailed" />)
  await user.type(field('New password'), 'correct horse{Enter}')
  expect(await screen.findByRole('status')).toHaveTextContent('Your password is changed.')
  expect(screen.getByRole('status')).toHaveFocus()
  expect(screen.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/sign-in')
  const input = { token: 'mailed', password: 'correct horse' }
  expect(calls).toEqual([{ path: 'credentials.resetPassword', input }])
})

test('Enter twice, in a form of one field, is one call', async () => {
  const { promise, resolve } = Promise.withResolvers<{ accepted: true }>()
  const calls = serve({ 'credentials.resetPassword': () => promise })
  const { user } = await show(<ResetPasswordForm token="mailed" />)
  await user.type(field('New password'), 'correct horse{Enter}')
  await waitFor(() => expect(calls).toHaveLength(1))
  await user.keyboard('{Enter}')
  resolve({ accepted: true })
  await screen.findByText('Your password is changed.')
  expect(calls).toHaveLength(1)
})

test('a link that is no longer good says so and offers another', async () => {
  serve({ 'credentials.resetPassword': () => refuse('link/used') })
  const { user } = await show(<ResetPasswordForm token="mailed" />)
  await user.type(field('New password'), 'correct horse{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('This link has already been used.')
  expect(screen.getByRole('link', { name: 'Ask for a new link' })).toBeInTheDocument()
  expect(field('New password')).toHaveValue('correct horse')
})

test('a known password is refused at its field', async () => {
  serve({ 'credentials.resetPassword': () => refuse('password/breached') })
  const { user } = await show(<ResetPasswordForm token="mailed" />)
  await user.type(field('New password'), 'correct horse{Enter}')
  await expectWrong('New password', 'breach')
})

test('without a token there is no form', async () => {
  serve({})
  await show(<ResetPasswordForm token={undefined} />)
  expect(screen.getByRole('alert')).toHaveTextContent('This link is incomplete.')
  expect(screen.queryByLabelText('New password')).not.toBeInTheDocument()
})

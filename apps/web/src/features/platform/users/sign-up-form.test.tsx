import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { refuse, serve } from '../../../../test/api.ts'
import { button, expectRight, expectWrong, field } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { SignUpForm } from './sign-up-form.tsx'

const typed = {
  Name: 'Mira Okafor',
  Username: 'mira',
  'E-mail address': 'mira@galley.example',
  Password: 'correct horse',
}

async function fill(values: Partial<typeof typed> = typed) {
  const onSent = vi.fn<(email: string) => void>()
  const shown = await show(<SignUpForm onSent={onSent} />)
  for (const [label, text] of Object.entries(values)) await shown.user.type(field(label), text)
  return { ...shown, onSent }
}

test('every wrong field says what is wrong with it', async () => {
  const calls = serve({})
  const { user } = await fill({ Name: 'Mira', Username: 'm!', Password: 'short' })
  await user.click(button('Create account'))
  expectRight('Name')
  await expectWrong('Username', 'Use 3 to 30 letters, digits or hyphens.')
  await expectWrong('E-mail address', 'Must be an e-mail address.')
  await expectWrong('Password', 'Must be at least 8 characters.')
  expect(field('Username')).toHaveFocus()
  expect(calls).toEqual([])
})

test('a corrected field is right again while it is typed', async () => {
  serve({})
  const { user } = await fill({ ...typed, Username: 'm' })
  await user.click(button('Create account'))
  await expectWrong('Username', 'Use 3 to 30')
  await user.type(field('Username'), 'ira')
  expectRight('Username')
})

test('what is typed is sent as the API takes it', async () => {
  const calls = serve({ 'users.create': () => ({ accepted: true }) })
  const { user, onSent } = await fill({ ...typed, Username: 'Mira' })
  await user.click(button('Create account'))
  await waitFor(() => expect(onSent).toHaveBeenCalledWith('mira@galley.example'))
  expect(calls).toEqual([
    {
      path: 'users.create',
      input: {
        displayName: 'Mira Okafor',
        username: 'mira',
        email: 'mira@galley.example',
        password: 'correct horse',
      },
    },
  ])
})

test.each([
  ['user/username-taken', 'Username', 'This username is taken.'],
  ['password/too-common', 'Password', 'too common'],
  ['password/breached', 'Password', 'breach'],
] as const)('%s is shown at its field, which gets the focus', async (reason, label, message) => {
  serve({ 'users.create': () => refuse(reason) })
  const { user, onSent } = await fill()
  await user.click(button('Create account'))
  await expectWrong(label, message)
  expect(field(label)).toHaveFocus()
  for (const [name, text] of Object.entries(typed)) expect(field(name)).toHaveValue(text)
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  expect(onSent).not.toHaveBeenCalled()
})

test('fields that only the server finds wrong are shown at their places', async () => {
  const message = 'Mail cannot be delivered there.'
  serve({ 'users.create': () => refuse('request/invalid', [{ path: 'email', message }]) })
  const { user } = await fill()
  await user.click(button('Create account'))
  await expectWrong('E-mail address', message)
})

test('a refusal of the whole stands above the form', async () => {
  serve({ 'users.create': () => refuse('user/sign-up-closed') })
  const { user } = await fill()
  await user.click(button('Create account'))
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This site does not take new accounts.',
  )
})

test('an invitation fixes the address and goes along', async () => {
  const calls = serve({ 'users.create': () => ({ accepted: true }) })
  const onSent = vi.fn<(email: string) => void>()
  const invitation = { token: 'invited', email: 'mira@galley.example' }
  const { user } = await show(<SignUpForm onSent={onSent} invitation={invitation} />)
  expect(field('E-mail address')).toHaveAttribute('readonly')
  await user.type(field('Name'), typed.Name)
  await user.type(field('Username'), typed.Username)
  await user.type(field('Password'), typed.Password)
  await user.click(button('Create account'))
  await waitFor(() => expect(onSent).toHaveBeenCalledOnce())
  expect(calls[0]?.input).toMatchObject({ email: invitation.email, invitation: 'invited' })
})

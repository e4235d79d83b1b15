import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { loseConnection, refuse, serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { button, expectWrong, field, watchPageLoads } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { SignInForm } from './sign-in-form.tsx'

const signedIn = { user: mira, secondFactor: false }

async function fill(next?: string) {
  const shown = await show(<SignInForm next={next} />)
  await shown.user.type(field('E-mail address'), 'mira@galley.example')
  await shown.user.type(field('Password'), 'correct horse')
  return shown
}

test('wrong fields say why, the first one gets the focus, and nothing is sent', async () => {
  const calls = serve({})
  const { user } = await show(<SignInForm next={undefined} />)
  await user.type(field('E-mail address'), 'mira')
  await user.click(button('Sign in'))
  await expectWrong('E-mail address', 'Must be an e-mail address.')
  await expectWrong('Password', 'Must not be empty.')
  expect(field('E-mail address')).toHaveFocus()
  expect(calls).toEqual([])
})

test('who signs in goes on to where they wanted to go, by a full load of the page', async () => {
  const calls = serve({ 'sessions.create': () => signedIn })
  const loads = watchPageLoads()
  const { user } = await fill('/me/articles')
  await user.click(button('Sign in'))
  await waitFor(() => expect(loads).toHaveBeenCalledWith('/me/articles'))
  const input = { email: 'mira@galley.example', password: 'correct horse' }
  expect(calls).toEqual([{ path: 'sessions.create', input }])
})

test('a second factor is asked for on its own page, which knows where to go on', async () => {
  serve({ 'sessions.create': () => ({ user: null, secondFactor: true }) })
  const { user, router } = await fill('/me/articles')
  await user.click(button('Sign in'))
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in/second-factor'))
  expect(router.state.location.search).toEqual({ next: '/me/articles' })
})

test('a refusal stands above the form, and what was typed stays', async () => {
  serve({ 'sessions.create': () => refuse('session/wrong-credentials') })
  const { user } = await fill()
  await user.click(button('Sign in'))
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'The e-mail address or the password is wrong.',
  )
  expect(field('E-mail address')).toHaveValue('mira@galley.example')
  expect(field('Password')).toHaveValue('correct horse')
  expect(button('Sign in')).not.toHaveAttribute('aria-busy')
})

test('a lost connection is a message too, and the form can be sent once more', async () => {
  serve({ 'sessions.create': loseConnection })
  const { user } = await fill()
  await user.click(button('Sign in'))
  expect(await screen.findByRole('alert')).toHaveTextContent('The server could not be reached.')
  watchPageLoads()
  const later = serve({ 'sessions.create': () => signedIn })
  await user.click(button('Sign in'))
  await waitFor(() => expect(later).toHaveLength(1))
})

test('pressing twice signs in once', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof signedIn>()
  const calls = serve({ 'sessions.create': () => promise })
  const loads = watchPageLoads()
  const { user } = await fill()
  await user.dblClick(button('Sign in'))
  await user.type(field('Password'), '{Enter}')
  resolve(signedIn)
  await waitFor(() => expect(loads).toHaveBeenCalledOnce())
  expect(calls).toHaveLength(1)
})

test('an address that is not confirmed can have its mail once more', async () => {
  const calls = serve({
    'sessions.create': () => refuse('session/email-unverified'),
    'users.resendVerification': () => ({ accepted: true }),
  })
  const { user } = await fill()
  await user.click(button('Sign in'))
  await user.click(await screen.findByRole('button', { name: 'Send the mail again' }))
  await waitFor(() => expect(calls).toHaveLength(2))
  expect(calls[1]).toEqual({
    path: 'users.resendVerification',
    input: { email: 'mira@galley.example' },
  })
})

import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { refuse, serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { expectToast } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { PreferencesForm } from './preferences-form.tsx'

const preferences = {
  items: [
    {
      kind: 'job-finished',
      meaning: 'A long job has ended',
      inApp: true,
      email: 'off' as const,
    },
    { kind: 'of-the-future', meaning: 'Something new', inApp: true, email: 'daily' as const },
  ],
  timeZone: null,
}

test('what is chosen is saved with the zone of the browser; kinds that the page does not know stay', async () => {
  const calls = serve({
    'notifications.updatePreferences': () => ({ ...preferences, timeZone: 'UTC' }),
  })
  const { user } = await show(<PreferencesForm preferences={preferences} />, { user: mira })
  const [app] = screen.getAllByRole('checkbox', { name: 'In the app' })
  const [email] = screen.getAllByRole('combobox', { name: 'By e-mail' })
  if (!app || !email) throw new Error('The fields are missing')
  await user.click(app)
  await user.selectOptions(email, 'In a weekly digest')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(calls).toHaveLength(1))
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  expect(calls[0]?.input).toEqual({
    items: [{ kind: 'job-finished', inApp: false, email: 'weekly' }],
    timeZone,
  })
})

test('a refusal is shown, and the choice stays', async () => {
  serve({ 'notifications.updatePreferences': () => refuse('request/rate-limited') })
  const { user } = await show(<PreferencesForm preferences={preferences} />, { user: mira })
  const [app] = screen.getAllByRole('checkbox', { name: 'In the app' })
  if (!app) throw new Error('The field is missing')
  await user.click(app)
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByRole('alert')
  expect(app).toHaveProperty('checked', false)
})

test('what is chosen while the rest is being saved is not taken for saved', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof preferences>()
  serve({ 'notifications.updatePreferences': () => promise })
  const { user, router } = await show(<PreferencesForm preferences={preferences} />, { user: mira })
  const [app] = screen.getAllByRole('checkbox', { name: 'In the app' })
  const [email] = screen.getAllByRole('combobox', { name: 'By e-mail' })
  if (!app || !email) throw new Error('The fields are missing')
  await user.click(app)
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await user.selectOptions(email, 'In a weekly digest')
  resolve(preferences)
  await expectToast('Your choice is saved.')
  void router.navigate({ href: '/tags' })
  await user.click(await screen.findByRole('button', { name: 'Stay here' }))
  expect(email).toHaveValue('weekly')
})

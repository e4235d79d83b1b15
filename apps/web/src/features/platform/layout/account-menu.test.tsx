import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { button } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { unsavedPrefix } from '../../../lib/unsaved.ts'
import { AccountMenu } from './account-menu.tsx'

/** Stands in for the browser's, which jsdom does not have. */
class FakeEventSource extends EventTarget {
  close() {}
}

beforeEach(() => {
  HTMLElement.prototype.hidePopover = () => {}
  vi.stubGlobal('EventSource', FakeEventSource)
})

const signOutButton = () => screen.getByText('Sign out')

async function open() {
  const calls = serve({
    'sessions.delete': () => ({ user: null }),
    'notifications.unread': () => ({ unread: 0 }),
  })
  const view = await show(<AccountMenu user={mira} />, { user: mira })
  const signOuts = () => calls.filter(({ path }) => path === 'sessions.delete').length
  return { ...view, signOuts }
}

test('who has nothing unsaved is signed out at once, whatever others left on the device', async () => {
  localStorage.setItem(`${unsavedPrefix('somebody-else')}new:page`, '{}')
  const { user, signOuts } = await open()
  await user.click(signOutButton())
  await waitFor(() => expect(signOuts()).toBe(1))
})

test('who has is asked first, and may stay', async () => {
  localStorage.setItem(`${unsavedPrefix(mira.id)}new:page`, '{}')
  const { user, signOuts } = await open()
  await user.click(signOutButton())
  expect(await screen.findByRole('alertdialog')).toHaveTextContent('A text that you wrote')
  await user.click(button('Stay signed in'))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  expect(signOuts()).toBe(0)
  await user.click(signOutButton())
  await user.click(await screen.findByRole('button', { name: 'Sign out and delete' }))
  await waitFor(() => expect(signOuts()).toBe(1))
})

import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { refuse, serve } from '../../../../test/api.ts'
import { exampleMedia, mira } from '../../../../test/examples.ts'
import { button, expectToast } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { AvatarSection } from './avatar-section.tsx'

const media = exampleMedia({ alt: 'A portrait' })
const pictured = { ...mira, avatarMediaId: media.id, avatarUrl: `/media/${media.id}/thumbnail` }
const library = { 'media.list': () => ({ items: [media], page: { nextCursor: null } }) }

test('a picture of the library becomes the picture of the person', async () => {
  const calls = serve({
    ...library,
    'users.updateProfile': () => pictured,
    'sessions.current': () => ({ user: pictured }),
  })
  const { user } = await show(<AvatarSection />, { user: mira })
  await user.click(button('Choose a picture'))
  await user.click(await screen.findByRole('button', { name: 'A portrait' }))
  await expectToast('Your picture is saved.')
  expect(screen.queryByRole('dialog', { name: 'Your picture' })).toBeNull()
  expect(await screen.findByRole('button', { name: 'Remove the picture' })).toBeInTheDocument()
  expect(calls.find(({ path }) => path === 'users.updateProfile')?.input).toEqual({
    avatarMediaId: media.id,
  })
})

test('it is shown, and taken away', async () => {
  const calls = serve({
    'users.updateProfile': () => mira,
    'sessions.current': () => ({ user: mira }),
  })
  const { user } = await show(<AvatarSection />, { user: pictured })
  expect(document.querySelector('img')).toHaveAttribute('src', pictured.avatarUrl)
  await user.click(button('Remove the picture'))
  await expectToast('Your picture is removed.')
  expect(calls.find(({ path }) => path === 'users.updateProfile')?.input).toEqual({
    avatarMediaId: null,
  })
  expect(document.querySelector('img')).toBeNull()
})

test('a refusal is said, and nothing changes', async () => {
  serve({ ...library, 'users.updateProfile': () => refuse('media/not-ready') })
  const { user } = await show(<AvatarSection />, { user: mira })
  await user.click(button('Choose a picture'))
  await user.click(await screen.findByRole('button', { name: 'A portrait' }))
  await expectToast('Your picture was not changed.')
})

test('a search of the library that fails stays, and is tried again', async () => {
  let isAway = false
  serve({ 'media.list': () => (isAway ? refuse('server/unavailable') : library['media.list']()) })
  const { user } = await show(<AvatarSection />, { user: mira })
  await user.click(button('Choose a picture'))
  const search = await screen.findByLabelText('Search your pictures')
  isAway = true
  await user.type(search, 'p')
  const again = await screen.findByRole('button', { name: 'Try again' })
  expect(search).toHaveValue('p')
  expect(search).toBeInTheDocument()
  isAway = false
  await user.click(again)
  expect(await screen.findByRole('button', { name: 'A portrait' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
})

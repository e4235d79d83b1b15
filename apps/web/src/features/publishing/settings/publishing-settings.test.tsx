import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { expectWrong, field } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { settingsAfter, unsetSettings } from '../../../../test/site-settings.ts'
import { PublishingSettings } from './publishing-settings.tsx'

async function open() {
  const calls = serve({
    'settings.get': () => unsetSettings,
    'settings.update': (change) => settingsAfter(unsetSettings, change),
  })
  const { user } = await show(<PublishingSettings />, { user: mira })
  await screen.findByRole('heading', { name: 'Comments' })
  const save = (n: number) =>
    user.click(screen.getAllByRole('button', { name: 'Save' })[n] ?? document.body)
  const saved = () =>
    calls.flatMap(({ path, input }) => (path === 'settings.update' ? [input] : []))
  return { user, save, saved }
}

test('words are typed line by line, limits as numbers; an empty field is no limit', async () => {
  const { user, save, saved } = await open()
  await user.type(field('Links in a comment, at most'), '2')
  await user.type(field('Blocked words'), 'cheap pills\n\n  casino')
  await save(1)
  await waitFor(() =>
    expect(saved()).toEqual([
      {
        version: 1,
        maxCommentLinks: 2,
        commentDays: null,
        blockedWords: ['cheap pills', 'casino'],
      },
    ]),
  )
})

test('what is wrong is said at its field', async () => {
  const { user, save, saved } = await open()
  await user.type(field('Days after which an article takes no more comments'), '0')
  await user.type(field('Blocked words'), 'x'.repeat(61))
  await save(1)
  await expectWrong('Days after which an article takes no more comments', 'Must be at least 1.')
  await expectWrong('Blocked words', 'One of the lines: Must be at most 60 characters.')
  expect(saved()).toEqual([])
})

test('authors need a review once the box is ticked', async () => {
  const { user, save, saved } = await open()
  await user.click(screen.getByRole('checkbox', { name: /Authors need a review/ }))
  await save(0)
  await waitFor(() => expect(saved()).toEqual([{ version: 1, reviewRequired: true }]))
})

import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { type Handlers, refuse, serve } from '../../../../test/api.ts'
import { exampleMedia, mira } from '../../../../test/examples.ts'
import { button, expectToast, expectWrong, field } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { settingsAfter, unsetSettings as unset } from '../../../../test/site-settings.ts'
import { Footer } from '../layout/footer.tsx'
import { SettingsPage } from './settings-page.tsx'

/** A server that keeps what is saved. */
async function open(handlers: Handlers = {}) {
  let view = unset
  const calls = serve({
    'settings.get': () => view,
    'settings.update': (change) => (view = settingsAfter(view, change)),
    ...handlers,
  })
  const page = (
    <>
      <SettingsPage />
      <Footer />
    </>
  )
  const shown = await show(page, { user: mira })
  await screen.findByRole('heading', { name: 'Maintenance' })
  const sent = (path: string) =>
    calls.filter((call) => call.path === path).map(({ input }) => input)
  const save = async (n: number) => {
    const save = screen.getAllByRole('button', { name: 'Save' })[n]
    if (save) await shown.user.click(save)
  }
  return { ...shown, sent, save }
}

/** What every page shows of the site. */
const around = () => screen.getByRole('contentinfo')

test('one subject is saved at the version that is shown, the next at the one after', async () => {
  const { user, sent, save } = await open()
  await user.clear(field('Name'))
  await user.type(field('Name'), '  The Fold ')
  await save(0)
  await expectToast('The settings are saved.')
  expect(field('Name')).toHaveValue('The Fold')
  await waitFor(() => expect(around()).toHaveTextContent('The Fold.Essays.'))
  await user.selectOptions(field('Who may make an account'), 'Who was invited')
  await save(1)
  await waitFor(() =>
    expect(sent('settings.update')).toEqual([
      { version: 1, name: 'The Fold', description: 'Essays.' },
      { version: 2, signUp: 'invite' },
    ]),
  )
})

test('what is wrong is said at its field, and nothing is sent', async () => {
  const { user, sent, save } = await open()
  await user.clear(field('Name'))
  await save(0)
  await expectWrong('Name', 'Must not be empty.')
  await user.clear(field('Size of one file, in MB'))
  await user.type(field('Size of one file, in MB'), '20.5')
  await user.click(screen.getAllByRole('button', { name: 'Save' }).at(-1) ?? document.body)
  await expectWrong('Size of one file, in MB', 'Must be at most 20.')
  expect(sent('settings.update')).toEqual([])
})

test('sizes are typed in megabytes and set in bytes', async () => {
  const { user, sent } = await open()
  await user.clear(field('Size of one file, in MB'))
  await user.type(field('Size of one file, in MB'), '1,5')
  await user.click(screen.getAllByRole('button', { name: 'Save' }).at(-1) ?? document.body)
  await expectToast('The settings are saved.')
  expect(sent('settings.update')).toEqual([
    { version: 1, maxFileBytes: 1_572_864, quotaBytes: 1024 ** 3 },
  ])
})

test('a change that another one overtook says so, keeps what was typed, and goes out once more', async () => {
  let version = 1
  const { user, sent, save } = await open({
    'settings.get': () => ({ ...unset, version }),
    'settings.update': (change) => {
      if (version === 5) return settingsAfter(unset, change)
      version = 5
      return refuse('settings/stale-version')
    },
  })
  await user.type(field('Name'), ' 2')
  await save(0)
  expect(await screen.findByText(/have been changed elsewhere/)).toBeInTheDocument()
  expect(field('Name')).toHaveValue('Galley 2')
  await save(0)
  await waitFor(() =>
    expect(sent('settings.update').at(-1)).toMatchObject({ version: 5, name: 'Galley 2' }),
  )
})

test('what others have changed is shown where nothing was typed, and is not taken back', async () => {
  let view = unset
  const { user, sent, save } = await open({
    'settings.get': () => view,
    'settings.update': (change) => {
      if (change.version === view.version) return (view = settingsAfter(view, change))
      return refuse('settings/stale-version')
    },
  })
  view = settingsAfter(unset, { version: 1, description: 'Theirs.' })
  await user.type(field('Name'), ' 2')
  await save(0)
  await waitFor(() => expect(field('Description')).toHaveValue('Theirs.'))
  expect(await screen.findByText(/have been changed elsewhere/)).toBeInTheDocument()
  expect(field('Name')).toHaveValue('Galley 2')
  await save(0)
  await expectToast('The settings are saved.')
  expect(sent('settings.update').at(-1)).toEqual({
    version: 2,
    name: 'Galley 2',
    description: 'Theirs.',
  })
})

test('two subjects that are saved at once are both saved, one after the other', async () => {
  let view = unset
  const first = Promise.withResolvers<void>()
  const { user, sent, save } = await open({
    'settings.update': async (change) => {
      if (change.name !== undefined) await first.promise
      if (change.version !== view.version) return refuse('settings/stale-version')
      return (view = settingsAfter(view, change))
    },
  })
  await user.type(field('Name'), ' 2')
  await save(0)
  await user.selectOptions(field('Who may make an account'), 'Who was invited')
  await save(1)
  first.resolve()
  await waitFor(() =>
    expect(sent('settings.update')).toEqual([
      { version: 1, name: 'Galley 2', description: 'Essays.' },
      { version: 2, signUp: 'invite' },
    ]),
  )
  await waitFor(() => expect(view.settings).toMatchObject({ name: 'Galley 2', signUp: 'invite' }))
  expect(field('Name')).toHaveValue('Galley 2')
})

test('of two at once, the second is refused too where others have changed something', async () => {
  let view = unset
  const first = Promise.withResolvers<void>()
  const { user, sent, save } = await open({
    'settings.get': () => view,
    'settings.update': async (change) => {
      await first.promise
      if (change.version === view.version) return (view = settingsAfter(view, change))
      return refuse('settings/stale-version')
    },
  })
  view = settingsAfter(unset, { version: 1, signUp: 'closed' })
  await user.type(field('Name'), ' 2')
  await save(0)
  await user.selectOptions(field('Who may make an account'), 'Who was invited')
  await save(1)
  first.resolve()
  await waitFor(() => expect(screen.getAllByText(/have been changed elsewhere/)).toHaveLength(2))
  expect(sent('settings.update')).toMatchObject([{ version: 1 }, { version: 1 }])
})

test('a picture of the library becomes the logo', async () => {
  const media = exampleMedia({ alt: 'A mark' })
  const { user, sent } = await open({
    'media.list': () => ({ items: [media], page: { nextCursor: null } }),
  })
  await user.click(button('Choose a picture'))
  await user.click(await screen.findByRole('button', { name: 'A mark' }))
  await expectToast('The logo is saved.')
  expect(sent('settings.update')).toEqual([{ version: 1, logoMediaId: media.id }])
})

test('maintenance begins and ends', async () => {
  const { user, sent } = await open({
    'settings.setMaintenance': ({ on }) => ({
      ...unset,
      maintenanceSince: on ? '2026-03-14T08:30:00.000Z' : null,
    }),
  })
  await user.click(button('Begin maintenance'))
  expect(await screen.findByText('Only admins are served.')).toBeInTheDocument()
  await user.click(button('Serve everybody again'))
  await waitFor(() =>
    expect(sent('settings.setMaintenance')).toEqual([{ on: true }, { on: false }]),
  )
})

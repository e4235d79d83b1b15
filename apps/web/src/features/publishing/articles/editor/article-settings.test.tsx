import type { ArticleSource } from '@galley/contract/publishing/articles'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { useSyncExternalStore } from 'react'
import { expect, test } from 'vitest'
import { serve } from '../../../../../test/api.ts'
import { mira } from '../../../../../test/examples.ts'
import { button, expectToast, field } from '../../../../../test/fields.ts'
import { draft } from '../../../../../test/publishing/examples.ts'
import { show } from '../../../../../test/render.tsx'
import { ArticleSettings } from './article-settings.tsx'
import { DraftStore } from './draft-store.ts'

const label = 'Last part of the address'

function Settings({ store }: { store: DraftStore }) {
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot)
  return <ArticleSettings store={store} state={state} />
}

/** An article whose address follows its title. */
async function open() {
  let article: ArticleSource = draft
  const store = new DraftStore(draft, {
    create: async () => article,
    update: async ({ title = article.title }) => {
      const slug = title.toLowerCase().replaceAll(' ', '-')
      return (article = { ...article, title, slug, version: article.version + 1 })
    },
    load: async () => article,
    findLastSave: async () => null,
    keep: () => true,
    forget: () => {},
  })
  const calls = serve({
    'coAuthors.list': () => ({ items: [], can: { invite: false, order: false } }),
    'articles.update': ({ slug = '' }) => (article = { ...article, slug }),
  })
  const shown = await show(<Settings store={store} />, { user: mira })
  const details = screen.getByRole('group')
  details.setAttribute('open', '')
  fireEvent(details, new Event('toggle'))
  await screen.findByLabelText(label)
  return { ...shown, store, calls }
}

test('the address shown follows the title, until another one is typed', async () => {
  const { user, store } = await open()
  store.edit({ title: 'A wall' })
  await store.save()
  await waitFor(() => expect(field(label)).toHaveValue('a-wall'))
  await user.type(field(label), '-of-stone')
  store.edit({ title: 'A fence' })
  await store.save()
  await waitFor(() => expect(store.getSnapshot().article?.slug).toBe('a-fence'))
  expect(field(label)).toHaveValue('a-wall-of-stone')
  expect(field(label)).toHaveFocus()
})

test('a changed address is shown as the server has it', async () => {
  const { user, calls } = await open()
  await user.clear(field(label))
  await user.type(field(label), ' Dry Stone ')
  await user.click(button('Change the address'))
  await expectToast('The address is changed.')
  expect(field(label)).toHaveValue('dry-stone')
  expect(calls.filter(({ path }) => path === 'articles.update')).toEqual([
    { path: 'articles.update', input: { id: draft.id, version: 1, slug: 'dry-stone' } },
  ])
})

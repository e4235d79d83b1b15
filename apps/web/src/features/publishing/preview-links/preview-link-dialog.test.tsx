import type { PreviewLink } from '@galley/contract/publishing/preview-links'
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { field } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { draft } from '../../../../test/publishing/examples.ts'
import { PreviewLinkDialog } from './preview-link-dialog.tsx'

const link: PreviewLink = {
  id: '01900000-0000-7000-8000-00000000000a',
  articleId: draft.id,
  name: 'For Ada',
  createdBy: { username: 'mira', displayName: 'Mira', avatarUrl: null },
  createdAt: '2026-03-14T08:30:00.000Z',
  expiresAt: '2026-03-17T08:30:00.000Z',
}
const url = 'https://site.example/preview?token=secret'

test('a link is made for so many days, shown once, and gone when it is revoked', async () => {
  let items: PreviewLink[] = []
  const calls = serve({
    'previewLinks.list': () => ({ items, can: { create: true } }),
    'previewLinks.create': () => {
      items = [link]
      return { ...link, url }
    },
    'previewLinks.delete': ({ id }) => {
      items = []
      return { id }
    },
  })
  const element = <PreviewLinkDialog articleId={draft.id} onClose={() => {}} />
  const { user } = await show(element, { user: mira })
  await user.type(await screen.findByLabelText('For whom'), 'For Ada')
  await user.selectOptions(field('Works for'), '3 days')
  await user.click(screen.getByRole('button', { name: 'Make a link' }))
  expect(await screen.findByText(url)).toBeVisible()
  expect(calls.find(({ path }) => path === 'previewLinks.create')?.input).toEqual({
    articleId: draft.id,
    name: 'For Ada',
    expiresInDays: 3,
  })
  const list = await screen.findByRole('list', { name: 'Links that work' })
  await user.click(within(list).getByRole('button', { name: /^Revoke/ }))
  await expect.poll(() => screen.queryByRole('list', { name: 'Links that work' })).toBeNull()
  expect(screen.queryByText(url)).toBeNull()
  const dialog = screen.getByRole('dialog', { name: 'Preview links' })
  expect(await within(dialog).findByText('The link leads nowhere now.')).toBeVisible()
})

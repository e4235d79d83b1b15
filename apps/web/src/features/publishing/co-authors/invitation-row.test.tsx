import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { refuse, serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { expectToast } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { draft } from '../../../../test/publishing/examples.ts'
import { InvitationRow } from './invitation-row.tsx'

const author = { username: 'jonas', displayName: 'Jonas', avatarUrl: null }
const invitation = {
  article: { id: draft.id, title: draft.title, description: '', status: 'draft' as const },
  author,
  invitedBy: author,
  invitedAt: '2026-03-14T08:30:00.000Z',
}
const open = () => show(<InvitationRow invitation={invitation} user={mira} />, { user: mira })

test('who accepts goes on to the article', async () => {
  const calls = serve({ 'coAuthors.accept': (input) => input })
  const { user, router } = await open()
  await user.click(screen.getByRole('button', { name: 'Accept A hedge' }))
  await waitFor(() => expect(router.state.location.pathname).toBe(`/editor/${draft.id}`))
  expect(calls).toEqual([{ path: 'coAuthors.accept', input: { articleId: draft.id } }])
})

test('who declines takes themselves off; a withdrawn invitation says so', async () => {
  const calls = serve({
    'coAuthors.remove': (input) => input,
    'coAuthors.accept': () => refuse('co-author/not-invited'),
  })
  const { user } = await open()
  await user.click(screen.getByRole('button', { name: 'Accept A hedge' }))
  await expectToast('The invitation was not accepted.')
  await user.click(screen.getByRole('button', { name: 'Decline A hedge' }))
  await expectToast('The invitation is declined.')
  expect(calls.at(-1)).toEqual({
    path: 'coAuthors.remove',
    input: { articleId: draft.id, username: mira.username },
  })
})

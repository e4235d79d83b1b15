import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { refuse, serve } from '../../../../../test/api.ts'
import { mira } from '../../../../../test/examples.ts'
import { button } from '../../../../../test/fields.ts'
import { draft } from '../../../../../test/publishing/examples.ts'
import { show } from '../../../../../test/render.tsx'
import { ReviewPanel } from './review-panel.tsx'

const note = {
  id: '01900000-0000-7000-8000-000000000004',
  articleId: draft.id,
  author: { username: 'jonas', displayName: 'Jonas', avatarUrl: null },
  kind: 'requested' as const,
  body: 'The dates are checked.',
  createdAt: draft.updatedAt,
}

test('what was said in a review is not silently missing, and can be asked for again', async () => {
  let refuses = true
  serve({
    'reviewNotes.list': () =>
      refuses ? refuse('session/required') : { items: [note], page: { nextCursor: null } },
  })
  const article = { ...draft, status: 'in_review' as const }
  const { user } = await show(<ReviewPanel article={article} />, { user: mira })
  expect(await screen.findByRole('alert')).toHaveTextContent('could not be loaded')
  refuses = false
  await user.click(button('Try again'))
  expect(await screen.findByText('The dates are checked.')).toBeInTheDocument()
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
})

import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { refuse, serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { show } from '../../../../test/render.tsx'
import { TagFollowToggle } from './tag-follow-toggle.tsx'

test('a tag can be followed where it could not be told whether it is', async () => {
  serve({
    'tagFollows.get': () => refuse('server/internal'),
    'tagFollows.create': ({ slug }) => ({ slug, following: true, followerCount: 1 }),
  })
  const { user } = await show(<TagFollowToggle slug="hedges" />, { user: mira })
  const toggle = screen.getByRole('button')
  await waitFor(() => expect(toggle).not.toHaveAttribute('aria-disabled'))
  await user.click(toggle)
  await waitFor(() => expect(toggle).toHaveTextContent('Following'))
  expect(toggle).toHaveAttribute('aria-pressed', 'true')
})

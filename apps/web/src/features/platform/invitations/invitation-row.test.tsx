import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { show } from '../../../../test/render.tsx'
import { InvitationRow } from './invitation-row.tsx'

test('the days of an invitation are those of the reader’s zone', async () => {
  serve({})
  const [createdAt, expiresAt] = ['2026-03-14T23:30:00.000Z', '2026-03-21T23:30:00.000Z']
  await show(
    <InvitationRow
      invitation={{
        id: '01900000-0000-7000-8000-000000000009',
        email: 'ada@galley.example',
        role: 'reader',
        invitedBy: mira.username,
        createdAt,
        expiresAt,
        can: { delete: true },
      }}
    />,
    { user: mira },
  )
  const times = screen.getAllByRole('time').map((time) => time.getAttribute('datetime'))
  expect(times).toEqual([createdAt, expiresAt])
})

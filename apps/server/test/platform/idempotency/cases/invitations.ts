import { invitations } from '@galley/db/schema'
import type { Cases, Setup } from '../case.ts'

async function invitation({ db, caller }: Setup) {
  const expiresAt = new Date(Date.now() + 3_600_000)
  const values = { email: 'other@example.com', role: 'author' as const, invitedBy: caller.id }
  const [row] = await db
    .insert(invitations)
    .values({ ...values, expiresAt })
    .returning({ id: invitations.id })
  return row?.id
}

export const cases: Cases = {
  'invitations.create': async () => ({ input: { email: 'guest@example.com', role: 'author' } }),
  'invitations.delete': async (setup) => ({ input: { id: await invitation(setup) } }),
}

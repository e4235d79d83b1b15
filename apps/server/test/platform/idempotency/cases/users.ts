import { insertUser } from '@galley/testing/factories'
import type { Cases } from '../case.ts'

export const cases: Cases = {
  'users.resetSecondFactor': async ({ db }) => ({
    input: { id: (await insertUser(db)).id },
    status: 409,
  }),
  'users.updateProfile': async () => ({ input: { displayName: 'Somebody Else' } }),
  'users.setRole': async ({ db }) => ({
    input: { id: (await insertUser(db)).id, role: 'editor' },
  }),
  'users.suspend': async ({ db }) => ({
    input: { id: (await insertUser(db)).id, reason: 'Spam' },
  }),
  'users.restore': async ({ db }) => ({
    input: { id: (await insertUser(db, { status: 'suspended' })).id },
  }),
  'users.revokeSessions': async ({ db }) => ({ input: { id: (await insertUser(db)).id } }),
}

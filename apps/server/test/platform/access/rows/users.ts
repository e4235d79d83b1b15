import { randomBytes } from 'node:crypto'
import {
  admins,
  editors,
  noTokens,
  row,
  scoped,
  signedInPersonToWrite,
  signedInToWrite,
  type Row,
} from '../row.ts'
import { ownPassword } from '../own-password.ts'
import type { World } from '../world.ts'

const newUsername = () => `new-${randomBytes(6).toString('hex')}`
const byForgedToken = () => ({ token: 'x'.repeat(43) })
const anybody = { ...noTokens, otherwise: 'ok' } as const

const nobodyButAdmins = { ...editors, editor: 'user/forbidden', otherwise: 'ok' } as const
const noManager = { ...editors, editor: 'user/forbidden', otherwise: 'user/forbidden' } as const

const people = ['reader', 'author', 'editor', 'admin'] as const
type Role = (typeof people)[number]

const isBelowEditors = (role: Role) => role === 'reader' || role === 'author'

/** What managers do to a person of each role; editors to readers and authors only. */
const management = (
  procedure: string,
  input: (world: World, role: Role) => Promise<unknown>,
): Row[] =>
  people.map((role) =>
    row(
      procedure,
      isBelowEditors(role) ? { ...editors, otherwise: 'ok' } : nobodyButAdmins,
      (world) => input(world, role),
      `a person who is ${role}`,
    ),
  )

export const rows: Row[] = [
  row('site.get', { ...scoped, otherwise: 'ok' }, () => ({})),
  row('users.create', anybody, () => {
    const username = newUsername()
    const email = `${username}@example.com`
    return { email, username, displayName: 'New', password: ownPassword }
  }),
  row('users.verifyEmail', { ...noTokens, otherwise: 'link/invalid' }, byForgedToken),
  row('users.resendVerification', anybody, ({ stranger }) => ({ email: stranger.email })),
  row('users.updateProfile', { ...signedInToWrite, otherwise: 'ok' }, () => ({ bio: 'New.' })),
  row('users.requestEmailChange', { ...signedInPersonToWrite, otherwise: 'ok' }, () => ({
    email: `${newUsername()}@example.com`,
  })),
  row(
    'users.confirmEmailChange',
    { ...signedInPersonToWrite, otherwise: 'link/invalid' },
    byForgedToken,
  ),
  row('users.list', { ...editors, otherwise: 'ok' }, () => ({})),
  ...management('users.setRole', async (world, role) => ({
    id: (await world.person({ role })).id,
    role: role === 'author' ? 'reader' : 'author',
  })),
  ...(['editor', 'admin'] as const).map((role) =>
    row(
      'users.setRole',
      nobodyButAdmins,
      async (world) => ({ id: (await world.person({ role: 'reader' })).id, role }),
      `to ${role}`,
    ),
  ),
  row(
    'users.setRole',
    { ...editors, editor: 'user/forbidden', otherwise: 'ok' },
    ({ caller }) => ({ id: caller.id, role: 'reader' }),
    'oneself, while another admin remains',
  ),
  ...management('users.suspend', async (world, role) => ({
    id: (await world.person({ role })).id,
    reason: 'Spam',
  })),
  row('users.suspend', noManager, ({ caller }) => ({ id: caller.id, reason: 'Spam' }), 'oneself'),
  ...management('users.restore', async (world, role) => ({
    id: (await world.person({ role, status: 'suspended' })).id,
  })),
  ...people.map((role) =>
    row(
      'users.resetSecondFactor',
      { ...admins, otherwise: 'ok' },
      async (world) => {
        const person = await world.person({ role })
        await world.secondFactor(person)
        return { id: person.id }
      },
      `a person who is ${role}`,
    ),
  ),
  row(
    'users.resetSecondFactor',
    { ...admins, otherwise: 'user/forbidden' },
    ({ caller }) => ({ id: caller.id }),
    'oneself',
  ),
  ...management('users.revokeSessions', async (world, role) => ({
    id: (await world.person({ role })).id,
  })),
  row('users.revokeSessions', noManager, ({ caller }) => ({ id: caller.id }), 'oneself'),
]

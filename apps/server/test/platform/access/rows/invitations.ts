import { randomBytes } from 'node:crypto'
import { editors, noTokens, row, type Row } from '../row.ts'

const newAddress = () => `new-${randomBytes(6).toString('hex')}@example.com`

const rising = { ...editors, editor: 'user/forbidden', otherwise: 'ok' } as const

export const rows: Row[] = [
  row('invitations.byToken', { ...noTokens, otherwise: 'invitation/invalid' }, () => ({
    token: 'x'.repeat(43),
  })),
  row('invitations.create', { ...editors, otherwise: 'ok' }, () => ({
    email: newAddress(),
    role: 'author',
  })),
  row(
    'invitations.create',
    rising,
    () => ({ email: newAddress(), role: 'editor' }),
    'as an editor',
  ),
  row('invitations.list', { ...editors, otherwise: 'ok' }, () => ({})),
  row('invitations.delete', { ...editors, otherwise: 'ok' }, ({ invitation }) =>
    invitation('author'),
  ),
  row('invitations.delete', rising, ({ invitation }) => invitation('editor'), 'as an editor'),
]

import { ownPassword } from '../own-password.ts'
import { forgedAssertion, forgedRegistration } from '../forged-passkey.ts'
import {
  nobodyElse,
  noTokens,
  row,
  scoped,
  signedIn,
  signedInPersonToWrite,
  type Row,
} from '../row.ts'

const anybody = { ...noTokens, otherwise: 'ok' } as const
const oneself = { ...signedIn, otherwise: 'ok' } as const
const oneselfToWrite = { ...signedInPersonToWrite, otherwise: 'ok' } as const

const wrongCode = { code: '123456' }
const newPassword = 'eighteen grey herons'

/** Sessions, and whatever signs a person in. */
export const rows: Row[] = [
  row('sessions.current', { ...scoped, otherwise: 'ok' }),
  row('sessions.create', anybody, async (world) => {
    await world.password(world.stranger)
    return { email: world.stranger.email, password: ownPassword }
  }),
  row(
    'sessions.createWithSecondFactor',
    { ...noTokens, otherwise: 'session/second-factor-expired' },
    () => wrongCode,
  ),
  row('sessions.list', oneself),
  row(
    'sessions.revoke',
    {
      ...signedIn,
      ...nobodyElse('session/not-found'),
      otherwise: 'ok',
    },
    (world) => world.session(),
  ),
  row('sessions.revokeOthers', oneself),
  row('sessions.stepUp', oneself, async (world) => {
    await world.password(world.caller)
    return { password: ownPassword }
  }),
  row('sessions.delete', anybody),

  row('credentials.current', oneself),
  row('credentials.changePassword', oneselfToWrite, async (world) => {
    await world.password(world.caller)
    return { currentPassword: ownPassword, password: newPassword }
  }),
  row('credentials.setPassword', oneselfToWrite, () => ({ password: newPassword })),
  row('credentials.requestPasswordReset', anybody, ({ stranger }) => ({ email: stranger.email })),
  row('credentials.resetPassword', { ...noTokens, otherwise: 'link/invalid' }, () => ({
    token: 'x'.repeat(43),
    password: newPassword,
  })),
  row('credentials.finishReview', oneselfToWrite),
  row('credentials.startTotp', oneselfToWrite),
  row(
    'credentials.confirmTotp',
    { ...signedInPersonToWrite, otherwise: 'totp/not-started' },
    () => wrongCode,
  ),
  row('credentials.deleteTotp', { ...signedInPersonToWrite, otherwise: 'totp/off' }),
  row('credentials.createRecoveryCodes', { ...signedInPersonToWrite, otherwise: 'totp/off' }),

  row('passkeys.list', oneself),
  row('passkeys.startRegistration', oneselfToWrite),
  row('passkeys.create', { ...signedInPersonToWrite, otherwise: 'passkey/invalid' }, () => ({
    name: 'A key',
    response: forgedRegistration,
  })),
  row(
    'passkeys.delete',
    {
      ...signedInPersonToWrite,
      ...nobodyElse('passkey/not-found'),
      otherwise: 'ok',
    },
    async (world) => {
      await world.password(world.owner)
      return { id: (await world.passkey()).id }
    },
  ),
  row('passkeys.startSignIn', anybody),
  row('passkeys.signIn', { ...noTokens, otherwise: 'passkey/invalid' }, () => ({
    response: forgedAssertion,
  })),
  row('passkeys.stepUp', { ...signedIn, otherwise: 'passkey/invalid' }, () => ({
    response: forgedAssertion,
  })),

  row('identities.providers', anybody),
  row('identities.list', oneself),
  row('identities.start', { ...noTokens, otherwise: 'identity/provider-unknown' }, () => ({
    provider: 'nowhere',
    intent: 'sign-in',
  })),
  row(
    'identities.delete',
    {
      ...signedInPersonToWrite,
      ...nobodyElse('identity/not-found'),
      otherwise: 'ok',
    },
    async (world) => {
      await world.password(world.owner)
      return { id: (await world.identity()).id }
    },
  ),

  row('tokens.list', oneself),
  row('tokens.listPrograms', oneself),
  row(
    'tokens.revokeProgram',
    {
      ...signedIn,
      ...nobodyElse('program/not-found'),
      otherwise: 'ok',
    },
    async (world) => ({ id: (await world.program()).id }),
  ),
  row('tokens.create', oneselfToWrite, () => ({ name: 'A program', scopes: ['profile:read'] })),
  row(
    'tokens.delete',
    {
      ...signedIn,
      ...nobodyElse('token/not-found'),
      otherwise: 'ok',
    },
    async (world) => ({ id: (await world.apiToken()).id }),
  ),
]
